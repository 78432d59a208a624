// Odoo's own rules for JavaScript (its addon `web`, tooling/_eslintrc.json), without those that only set the format.

const READONLY = Object.fromEntries(
    [
        ...[
            "document",
            "window",
            "navigator",
            "console",
            "localStorage",
            "odoo",
            "luxon",
            "setTimeout",
            "clearTimeout",
        ],
        ...["requestAnimationFrame", "Event", "InputEvent", "KeyboardEvent", "DataTransfer", "ClipboardEvent", "File"],
        ...[
            "DragEvent",
            "Blob",
            "URL",
            "HTMLElement",
            "MouseEvent",
            "FileReader",
            "TextEncoder",
            "XMLHttpRequest",
            "btoa",
            "fetch",
        ],
    ].map((name) => [name, "readonly"]),
);

export default [
    {
        languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: READONLY },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "arrow-body-style": ["error", "as-needed"],
            curly: ["error", "all"],
            eqeqeq: "error",
            "no-const-assign": "error",
            "no-debugger": "error",
            "no-dupe-args": "error",
            "no-dupe-class-members": "error",
            "no-dupe-else-if": "error",
            "no-dupe-keys": "error",
            "no-duplicate-imports": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-restricted-syntax": ["error", "PrivateIdentifier"],
            "no-shadow-restricted-names": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unsafe-negation": "error",
            "no-unused-vars": ["error", { args: "none", caughtErrors: "all" }],
            "no-var": "error",
            "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
            "valid-typeof": "error",
        },
    },
];
