"""Static files as they are served: hashed, compressed, and each named by its hash in all others."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names hashed files in `import` too, so that our ES modules may be cached for ever."""

    support_js_module_import_aggregation = True
    # As a file's hash follows from its imports, each level of them needs a pass.
    max_post_process_passes = 20
