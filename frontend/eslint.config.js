import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", "src/api/schema.ts", "scripts"] },
  ...tseslint.configs.recommended,
  hooks.configs.flat["recommended-latest"] ?? hooks.configs.flat.recommended,
  {
    rules: {
      "no-console": "error",
      eqeqeq: ["error", "always"],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
