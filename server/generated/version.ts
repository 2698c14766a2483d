// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** The version of the contract, which is also the version of this program. */
export const version = '1.3.0'
