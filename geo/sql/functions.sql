-- Functions behind generated columns and indexes: they must exist before any table. Bodies in the
-- standard's form (begin atomic) are bound to what they call when they are made: a dump, which
-- restores with an empty search path, would otherwise fail at the first generated column.

-- The bits of a number, spread to every second place and gathered again: the well-known way of five
-- shifts and masks. In PostgreSQL the bit operators all bind alike, so the parentheses matter.
create or replace function geo_spread(v bigint) returns bigint
language sql immutable strict parallel safe begin atomic
    select (e | (e << 1)) & 6148914691236517205 from (
    select (d | (d << 2)) & 3689348814741910323 as e from (
    select (c | (c << 4)) & 1085102592571150095 as d from (
    select (b | (b << 8)) & 71777214294589695 as c from (
    select (v | (v << 16)) & 281470681808895 as b) as s1) as s2) as s3) as s4;
end;

create or replace function geo_gather(v bigint) returns bigint
language sql immutable strict parallel safe begin atomic
    select (e | (e >> 16)) & 4294967295 from (
    select (d | (d >> 8)) & 281470681808895 as e from (
    select (c | (c >> 4)) & 71777214294589695 as d from (
    select (b | (b >> 2)) & 1085102592571150095 as c from (
    select (a | (a >> 1)) & 3689348814741910323 as b from (
    select v & 6148914691236517205 as a) as s0) as s1) as s2) as s3) as s4;
end;

-- Columns and rows of Web Mercator pixels at zoom 24, where the world is 2^24 wide; the formula is
-- EPSG:3857's, scaled. 85.05112878 degrees is where the projection's square ends.
create or replace function geo_pixel_x(p geometry) returns bigint
language sql immutable strict parallel safe begin atomic
    select least(greatest(floor((st_x(p) + 180) / 360 * 16777216), 0), 16777215)::bigint;
end;

create or replace function geo_pixel_y(p geometry) returns bigint
language sql immutable strict parallel safe begin atomic
    select least(greatest(floor((1 - ln(tan(r) + 1 / cos(r)) / pi()) / 2 * 16777216), 0), 16777215)
        ::bigint
    from (select radians(least(greatest(st_y(p), -85.05112878), 85.05112878)) as r) as s;
end;

-- The Morton code of a point: the bits of its column and row, interleaved.
create or replace function geo_morton(p geometry) returns bigint
language sql immutable strict parallel safe begin atomic
    select geo_spread(geo_pixel_x(p)) | (geo_spread(geo_pixel_y(p)) << 1);
end;

-- The sums of two arrays, place by place.
create or replace function geo_add(a integer[], b integer[]) returns integer[]
language sql immutable strict parallel safe begin atomic
    select array_agg(x + y order by i) from unnest(a, b) with ordinality as s(x, y, i);
end;
