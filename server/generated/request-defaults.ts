// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export const requestDefaults = {
  "sendInstantOtp": {
    "expiresInSeconds": 600,
    "otpDigits": 6
  },
  "verifyInstantOtp": {},
  "listInstantOtpVerifications": {
    "limit": 50
  },
  "getInstantOtpStatus": {},
  "cancelInstantOtp": {},
  "sendBackendOtp": {
    "expiresInSeconds": 600,
    "otpDigits": 6
  },
  "verifyBackendOtp": {},
  "listBackendOtpVerifications": {
    "limit": 50
  },
  "getBackendOtpStatus": {},
  "cancelBackendOtp": {},
  "sendEmailVerification": {
    "expiresInSeconds": 600,
    "otpDigits": 6
  },
  "verifyEmailVerification": {},
  "listEmailVerifications": {
    "limit": 50
  },
  "getEmailVerificationStatus": {},
  "cancelEmailVerification": {},
  "eraseRecipient": {}
} as const
