/** The server writes `<base href>` into the page, so that one build serves every sub-path. */
export const basePath: string = document.querySelector('base') === null ? '/' : new URL(document.baseURI).pathname
