"""GOV.UK components as functions that our templates and forms call.

The components' own templates read keys that are not there, so they live in an environment of their own with lenient
undefined values; ours stay strict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_library = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def component(name: str, params: Mapping[str, object]) -> Markup:
    """One GOV.UK component, such as "error-summary", as HTML; `params` are the Design System's own Nunjucks options.

    Values under keys that end in `html` are taken as they are: give them Markup only.
    """
    return _macro(name)(params).strip()


@cache
def _macro(name: str) -> Callable[[Mapping[str, object]], Markup]:
    template = _library.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    return cast("Callable[[Mapping[str, object]], Markup]", getattr(template.module, macro))
