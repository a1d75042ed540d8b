"""The filters as options of commands: `search` and `export` take the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from search.filters import Filters

Names = list[str] | None

QueryArgument = Annotated[
    str, typer.Argument(help='A question or topic; "phrases" and -excluded words work. Empty lists all.')
]
ThemeOption = Annotated[Names, typer.Option(help="Theme, by id or name. May be given more than once.")]
SdgOption = Annotated[Names, typer.Option(help="Sustainable Development Goal, by number or name.")]
RegionOption = Annotated[Names, typer.Option(help="UNESCO region.")]
CountryOption = Annotated[Names, typer.Option(help="Country, by name or ISO code.")]
CityOption = Annotated[Names, typer.Option(help="City, by name.")]
CitySizeOption = Annotated[Names, typer.Option(help="small, medium, large or very-large.")]
IncomeOption = Annotated[Names, typer.Option(help="World Bank income group.")]
TargetGroupOption = Annotated[Names, typer.Option(help="Whom the practice is for.")]
EvidenceOption = Annotated[Names, typer.Option(help="claimed, number-reported, evaluated or awarded.")]
LanguageOption = Annotated[Names, typer.Option(help="Language of the document, as a two-letter code.")]
KindOption = Annotated[Names, typer.Option(help="practice, publication or network.")]
YearFromOption = Annotated[int | None, typer.Option(help="From this year on.")]
YearToOption = Annotated[int | None, typer.Option(help="Up to this year.")]


def chosen_filters(groups: Mapping[str, Names], year_from: int | None, year_to: int | None) -> Filters:
    """The filters that were given, by id. Raises UnknownName or InvalidInput."""
    from search.filters import resolve

    return resolve({group: names for group, names in groups.items() if names}, year_from, year_to)
