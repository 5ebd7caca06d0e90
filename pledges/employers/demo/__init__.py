"""Employers that do not exist, and what they do: marked everywhere, and taken out again."""

from pledges.employers.demo.organisations import fictional, remove, seed_organisations
from pledges.employers.demo.reports import seed_reports
from pledges.employers.demo.seed import seed
from pledges.employers.demo.survey import remove_survey, seed_survey

__all__ = [
    "fictional",
    "remove",
    "remove_survey",
    "seed",
    "seed_organisations",
    "seed_reports",
    "seed_survey",
]
