"""Lists of posts: by organisation, and as files."""

import re


def test_an_organisation_shows_what_is_said_there(client, ground, post, counted):
    post("Lockers here.", organisation=ground.clinic)
    counted()
    assert "Lockers here." in client.get("/organisations/RXB/").content.decode()


def test_part_of_an_organisations_name_finds_its_posts(client, ground, post, counted):
    post("Lockers here.", organisation=ground.clinic)
    post("Not here.")
    counted()
    page = client.get("/talk/posts/", {"q": ground.clinic.name.split()[0].lower()[:5]})
    assert ground.clinic.name in page.content.decode()
    [link] = re.findall(r'href="(/talk/posts/\?organisation=[^"]+)"', page.content.decode())
    shown = client.get(link).content.decode()
    assert "Lockers here." in shown
    assert "Not here." not in shown
    assert ground.hospital.name not in client.get("/talk/posts/?q=hospital").content.decode()


def test_files_hold_the_list_that_was_asked_for(client, post, counted):
    post("=1+1 lockers <b>", theme="safe")
    post("Other.")
    counted()
    feed = client.get("/talk/posts/list.atom?theme=safe").content.decode()
    assert feed.count("<entry>") == 1
    table = client.get("/talk/posts/list.csv?theme=safe").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 2
    assert "'=1+1" in table
