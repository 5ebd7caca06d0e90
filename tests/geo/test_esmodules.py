"""Our ES modules: what a page preloads is what they import, under the names that are served."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from config.staticfiles import StaticFilesStorage
from geo import esmodules
from tests.project.tree import files, name

OURS = [re.sub(r"^.*?/static/", "", name(path)) for path in files(".js") if "static" in path.parts]


@pytest.fixture
def served(tmp_path, settings):
    """Our modules as `collectstatic` leaves them: path -> hashed path, and the storage."""
    settings.DEBUG = False
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    source = {}
    for path in OURS:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(Path(finders.find(path)).read_bytes())
        source[path] = (storage, path)
    failed = [done for *_, done in storage.post_process(source) if isinstance(done, Exception)]
    assert failed == []
    return storage, {path: storage.stored_name(path) for path in OURS}


def test_every_module_names_the_others_by_their_hash(served):
    storage, names = served
    imported = 0
    for path, hashed in names.items():
        with storage.open(hashed) as module:
            found = re.findall(r"""["'](\.{1,2}/[^"']+\.js)["'];""", module.read().decode())
        targets = {normpath(join(dirname(hashed), each)) for each in found}
        assert targets == {names[each] for each in esmodules.imports(path)}, path
        imported += len(targets)
    assert imported > 100


def test_modules_do_not_import_each_other_in_a_circle():
    """Each is hashed after what it imports, which has no end in a circle."""
    for path in OURS:
        for each in esmodules.imports(path):
            assert path not in esmodules.with_imports(each), path


def test_a_page_runs_its_modules_and_preloads_what_they_import():
    page = Template("{% load modules %}{% modules 'pledges/forms/text-check.js' %}").render(
        Context()
    )
    preloads = re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', page)
    assert set(preloads) == set(esmodules.with_imports("pledges/forms/text-check.js")[1:])
    assert {"geo/lib/dom.js", "geo/lib/timing.js"} < set(preloads)
    script = '<script type="module" src="/static/pledges/forms/text-check.js"></script>'
    assert page.endswith(f">{script}")


def test_a_module_that_is_missing_is_an_error():
    with pytest.raises(esmodules.UnknownModule):
        esmodules.with_imports("geo/map/none.js")


def test_layers_of_scripts_are_those_of_python():
    """`geo` imports nothing from above it, `pledges` nothing of hubs and the conversation."""
    allowed = {"geo": {"geo"}, "pledges": {"geo", "pledges"}}
    for path in OURS:
        apps = {each.split("/")[0] for each in esmodules.imports(path)}
        assert apps <= allowed.get(path.split("/")[0], apps), path
