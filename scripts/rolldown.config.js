import { defineConfig } from 'rolldown'

// Native and optional drivers stay outside: better-sqlite3 carries a .node file, the others are never asked for.
const external = ['better-sqlite3', 'pg-native', /^@mikro-orm\/(?!core|sql|sqlite|postgresql|migrations)/]

export default defineConfig({
  // The second is a thread of its own.
  input: { server: 'src/main.ts', 'sqlite-scanner': 'src/storage/sqlite-scanner.ts' },
  platform: 'node',
  external,
  // Beside dist/web, which the server looks for beside itself.
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: true,
    // MikroORM tells types apart by the names of their classes.
    keepNames: true,
    sourcemap: true,
  },
})
