-- What peers are given to read: the public columns and no more, in a schema of its own.
drop schema if exists peers cascade;
create schema peers;

create view peers.pledge as
select p.id, p.location as geom, p.text, t.slug as theme, t.name as theme_name,
    case p.who when 1 then 'person' when 2 then 'team' else 'organisation' end as who,
    case p.i_am when 1 then 'nhs' when 2 then 'alongside' when 3 then 'patient'
        when 4 then 'public' end as i_am,
    p.display_name, p.team, coalesce(nullif(o.code, ''), o.slug) as organisation,
    o.name as organisation_name,
    case p.show when 1 then 'organisation' when 2 then 'outcode' when 3 then 'region'
        else 'none' end as show,
    case p.show when 1 then o.name when 2 then p.outcode when 3 then r.name end as shown_as,
    d.code as district, r.code as region, case when p.done then 'done' else 'open' end as status,
    p.due, (p.done_at at time zone 'Europe/London')::date as done_at, p.created_at as created,
    coalesce(c.likes, 0) as likes, coalesce(c.joins, 0) as joins, p.demo,
    '/pledges/' || p.id || '/' as url
from pledges_pledge p
join pledges_theme t on t.number = p.theme_id
left join pledges_organisation o on o.id = p.organisation_id
left join geo_area d on d.id = p.district_id
left join geo_area r on r.id = p.region_id
left join pledges_pledgecounts c on c.pledge_id = p.id
where p.public;

-- For tiles: nothing but the place and the theme.
create view peers.spot as
select id, theme_id as theme, location as geom from pledges_pledge where public;

-- For sums: the columns that a dashboard groups by.
create view peers.sum as
select id, theme_id as theme, who, i_am, done, created_at as created, organisation_id as organisation,
    district_id as district, region_id as region
from pledges_pledge where public;

create view peers.district as
select a.id, a.code, a.name, a.boundary as geom
from geo_area a join geo_edition e on e.id = a.edition_id
where a.kind = 'district' and a.ended is null;

create view peers.postcode as
select code as id, district_code, live, location as geom from geo_postcode;

create view peers.place as select id, name, population, location as geom from geo_place;

create view peers.hub as select id, code, name, location as geom from hubs_hub;

-- What pledges would cost without anything kept beside them: the columns, the key, one index.
create table peers.plain (like pledges_pledge including defaults including generated);
alter table peers.plain add primary key (id);
create index on peers.plain using gist (location);
