#!/usr/bin/env python3
"""Put the few files that pages use of the front-end packages into .local/vendor.

The packages come from npm, pinned in package-lock.json. The NHS.UK style sheet names fonts that
are licensed to the NHS alone and pictures at the root of its own site: the font rules are taken
out, and the pictures are served beside the sheet.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TARGET = ROOT / "node_modules", ROOT / ".local" / "vendor"
FILES = {
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/images": "leaflet/dist/images",
    "inter/inter-400.woff2": "@fontsource/inter/files/inter-latin-400-normal.woff2",
    "inter/inter-600.woff2": "@fontsource/inter/files/inter-latin-600-normal.woff2",
    "inter/inter-ext-400.woff2": "@fontsource/inter/files/inter-latin-ext-400-normal.woff2",
    "inter/inter-ext-600.woff2": "@fontsource/inter/files/inter-latin-ext-600-normal.woff2",
    "garamond/garamond.woff2": "@fontsource/eb-garamond/files/eb-garamond-latin-500-normal.woff2",
    "garamond/garamond-ext.woff2": (
        "@fontsource/eb-garamond/files/eb-garamond-latin-ext-500-normal.woff2"
    ),
    "nhsuk/images": "nhsuk-frontend/dist/nhsuk/assets/images",
    "nhsuk/nhsuk.js": "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js",
}
# Their sheet's trade-marked logo and icons of its own site are not for other organisations.
NOT_OURS = (
    "*logo*",
    "favicon*",
    "nhsuk-icon-180*",
    "nhsuk-icon-192*",
    "nhsuk-icon-512*",
    "*opengraph*",
)


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    for target, source in FILES.items():
        path = TARGET / target
        path.parent.mkdir(parents=True, exist_ok=True)
        if (SOURCE / source).is_dir():
            shutil.copytree(SOURCE / source, path, ignore=shutil.ignore_patterns(*NOT_OURS))
        else:
            shutil.copy(SOURCE / source, path)
    sheet = (SOURCE / "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css").read_text()
    sheet = re.sub(r"@font-face\s*\{[^}]*\}", "", sheet)
    sheet = sheet.replace("url(/assets/images/", "url(images/")
    sheet = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", sheet)
    if "http:" in sheet.replace("http://www.w3.org", "") or "assets.nhs.uk" in sheet:
        raise SystemExit("nhsuk-frontend's style sheet names another host; mend scripts/vendor.py")
    (TARGET / "nhsuk" / "nhsuk.css").write_text(sheet)
    script = TARGET / "leaflet" / "leaflet.js"
    script.write_text(script.read_text().replace("//# sourceMappingURL=leaflet.js.map", ""))


if __name__ == "__main__":
    main()
