import tseslint from "typescript-eslint";

// An index import of a provider package loads its ~1,500 modules: ten times the start-up and the memory.
const indexImports = ["google", "kubernetes", "helm", "random"].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: `Import the class from its submodule: @cdktf/provider-${name}/lib/<resource>.`,
}));

// The arrows of the design, one way: src/environments → src/environment → stacks → constructs.
const arrows = (...forbidden) => ({
  "no-restricted-imports": [
    "error",
    {
      paths: indexImports,
      patterns: forbidden.map(([group, message]) => ({ group: [group], message })),
    },
  ],
});

export default tseslint.config(
  { ignores: ["*.config.js", "dist", "cdktf.out", "node_modules", "coverage", ".venv", "docs-site"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts"],
    rules: {
      ...arrows(),
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // `_` for what a signature or a destructuring must name and nobody reads.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Configuration is data: put it into the environment file.",
        },
      ],
      // A construct registers itself with its scope: `new Thing(this, "id", …)` is a statement by design.
      "no-new": "off",
      // A class that only extends a base is how CDKTF names things.
      "@typescript-eslint/no-extraneous-class": "off",
    },
  },
  {
    files: ["constructs/**/*.ts"],
    rules: arrows(
      ["**/src/**", "Constructs know nothing of environments: take plain values as props."],
      ["**/stacks/**", "Constructs know nothing of stacks."],
      ["**/cli/**", "Constructs know nothing of commands."],
    ),
  },
  {
    files: ["stacks/**/*.ts"],
    rules: arrows(
      ["**/src/app", "Stacks are composed by the app, not the other way round."],
      ["**/src/environments/**", "Stacks take an Environment; they know none by name."],
      ["**/cli/**", "Stacks know nothing of commands."],
    ),
  },
  {
    files: ["src/environment/**/*.ts"],
    rules: arrows(
      ["**/stacks/**", "An environment is data; stacks read it."],
      ["**/src/environments/**", "The schema knows no environment by name."],
      ["**/cli/**", "The schema knows nothing of commands."],
      ["cdktf*", "An environment is data: no Terraform here."],
      ["@cdktf/**", "An environment is data: no Terraform here."],
    ),
  },
  {
    files: ["src/environments/**/*.ts"],
    rules: arrows(
      ["**/stacks/**", "Environment files hold data only."],
      ["**/constructs/**", "Environment files hold data only."],
      ["**/cli/**", "Environment files hold data only."],
    ),
  },
  {
    files: ["src/main.ts", "src/synth.ts", "cli/**/*.ts", "test/**/*.ts", "examples/**/main.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
);
