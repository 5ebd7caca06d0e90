"""Employers that do not exist, and what they do: marked everywhere, and taken out again."""

from pledges.employers.demo.organisations import fictional, remove, seed_organisations
from pledges.employers.demo.seed import seed

__all__ = ["fictional", "remove", "seed", "seed_organisations"]
