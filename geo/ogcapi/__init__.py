"""An OGC API - Features service (Part 1: core, GeoJSON, OpenAPI 3.0) over the registered layers."""
