import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Only the development server uses it: in production the gateway owns /api.
const apiOrigin = process.env["API_ORIGIN"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [react()],
  build: {
    // The content security policy allows no `data:` address, so nothing may be inlined.
    assetsInlineLimit: 0,
    // The polyfill is needed by no browser of the default target and would be dead weight.
    modulePreload: { polyfill: false },
    sourcemap: false,
    // React's licence asks that its text travels with every copy.
    license: { fileName: "licenses.txt" },
    // finish-build.ts reports the sizes of the files that are really shipped.
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": apiOrigin },
  },
});
