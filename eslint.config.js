/* What `make check` asks of scripts. */

import js from "@eslint/js";
import globals from "globals";

const STRICT = {
  "array-callback-return": "error",
  "consistent-return": "error",
  curly: ["error", "multi-line"],
  "default-case-last": "error",
  eqeqeq: "error",
  "no-alert": "error",
  "no-console": "error",
  "no-duplicate-imports": "error",
  "no-else-return": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-param-reassign": "error",
  "no-promise-executor-return": "error",
  "no-return-assign": ["error", "except-parens"],
  "no-shadow": "error",
  "no-template-curly-in-string": "error",
  "no-unmodified-loop-condition": "error",
  "no-unneeded-ternary": "error",
  "no-unreachable-loop": "error",
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-useless-rename": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "sort-imports": ["error", { ignoreDeclarationSort: true }],
};
// Leaflet, and Django's translations at /words.js, are classic scripts.
const PAGE = { ...globals.browser, L: "readonly", gettext: "readonly", interpolate: "readonly", ngettext: "readonly" };

export default [
  { ignores: [".local/", ".venv/", "node_modules/"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" }, rules: STRICT },
  { files: ["*/**/static/**/*.js"], languageOptions: { globals: PAGE } },
  { files: ["templates/**/*.js"], languageOptions: { globals: globals.serviceworker, sourceType: "script" } },
  { files: ["tests/js/**/*.js", "scripts/**/*.js", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
