"""python -m scripts.bench bench, trials, load and others: set Django up, then measure."""

import importlib
import os
import sys

import django

MEASURES = ("bench", "trials", "conversation", "consistency", "load", "listeners")

if __name__ == "__main__":
    if sys.argv[1:] not in ([name] for name in MEASURES):
        sys.exit(f"Say which of: {', '.join(MEASURES)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    sys.exit(importlib.import_module(f"scripts.bench.{sys.argv[1]}").main())
