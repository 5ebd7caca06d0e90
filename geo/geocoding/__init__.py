"""From words to a place and back: one entry, `geo.geocoding.chain.locate`."""
