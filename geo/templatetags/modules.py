"""Template tags for our own ES modules."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from geo import esmodules

register = template.Library()


@register.simple_tag
def modulepreload(paths: Iterable[str]) -> SafeString:
    """Write a link for each of these static paths, so that all are fetched at once."""
    links = ((static(path),) for path in paths)
    return format_html_join("", '<link rel="modulepreload" href="{}">', links)


@register.simple_tag
def modules(*paths: str) -> SafeString:
    """Run the modules at these static paths once the page is read, and preload what they import."""
    scripts = ((static(path),) for path in paths)
    imported = [path for path in esmodules.with_imports(*paths) if path not in paths]
    return modulepreload(imported) + format_html_join(
        "", '<script type="module" src="{}"></script>', scripts
    )
