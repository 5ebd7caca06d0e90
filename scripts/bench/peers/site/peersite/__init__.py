"""The pledges as django-vectortiles and djangorestframework-gis serve them by their own books."""
