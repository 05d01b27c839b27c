/** The product's name stands here and nowhere else: binary, home folder, environment prefix, page title. */
export const product = Object.freeze({
  name: 'castellan',
  title: 'Castellan',
  environmentPrefix: 'CASTELLAN_',
  homeFolder: '.castellan',
  version: '0.1.0',
  /** The version of the peer's REST API that our REST door speaks (its `GET /version`). */
  restApiVersion: '0.8.4',
  /** The newest SDK the REST door was proved with; answered where a caller does not name its own version. */
  sdkVersion: '3.8.8',
})
