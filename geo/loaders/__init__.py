"""Bring public data into the tables: each loader can run again and changes all or nothing.

Every `load` takes `report`, called with one line of progress at a time, answers whether it had
anything to do, and returns at once when `Dataset` has the same version.
"""
