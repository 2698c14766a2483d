// @generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/instant-otp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an instant code
         * Mails a code over SMTP inside the request. Takes a public token, or a server key with the scope `server_otp`.
         */
        post: operations["sendInstantOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instant-otp/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an instant code
         * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
         */
        post: operations["verifyInstantOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instant-otp/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List instant verifications
         * The completed instant verifications of the token's project, newest first. Takes the public token **and** its analytics secret.
         */
        get: operations["listInstantOtpVerifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instant-otp/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of an instant session
         * What became of one session of this project, and when. Takes a server key with the scope `server_otp`, or the public token **and** its analytics secret. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
         */
        get: operations["getInstantOtpStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instant-otp/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an instant session
         * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
         */
        post: operations["cancelInstantOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backend-otp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a backend code
         * Mails a code on behalf of your back end. No public token and no allowlist is involved.
         */
        post: operations["sendBackendOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backend-otp/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a backend code
         * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
         */
        post: operations["verifyBackendOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backend-otp/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List backend verifications
         * The completed backend verifications of the key's project, newest first.
         */
        get: operations["listBackendOtpVerifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backend-otp/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of a backend session
         * What became of one session of this project, and when. Takes a server key with the scope `server_otp`. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
         */
        get: operations["getBackendOtpStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backend-otp/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a backend session
         * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
         */
        post: operations["cancelBackendOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email-verification/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a verification mail
         * Mails a code and answers with the URL of the hosted page where it can be typed.
         */
        post: operations["sendEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email-verification/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an email address
         * Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
         */
        post: operations["verifyEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email-verification/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List email verifications
         * The completed email verifications of the key's project, newest first.
         */
        get: operations["listEmailVerifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email-verification/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of a verification session
         * What became of one session of this project, and when. That is how your back end learns that the recipient has typed the code into the hosted page. Takes a server key with the scope `server_otp`. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
         */
        get: operations["getEmailVerificationStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/email-verification/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a verification session
         * Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
         */
        post: operations["cancelEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipients/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a recipient
         * Erases what this project has of a mailbox, in every spelling of its address: sessions and their history, and webhook events, delivered or not. Codes that are still open are dead at once. What limits still have to count stays, without the address. Repeat it as you like.
         */
        post: operations["eraseRecipient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "verification.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A session was verified
         * The recipient typed the right code, in your form or on the hosted page.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerificationCompletedEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "verification.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A session expired
         * Its time was over before the right code came.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerificationExpiredEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "verification.attempts_used_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The attempts of a session are used up
         * The last wrong code that it takes was typed. Send a new code.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerificationAttemptsUsedUpEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "verification.canceled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A session was canceled
         * Your back end canceled it.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerificationCanceledEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "delivery.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A mail was not delivered
         * No mail server took the mail, so the code reached nobody.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeliveryFailedEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A test
         * Sent by `risumail-otp webhooks test`, and never by itself.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
                     * @example 1776599124
                     */
                    "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookTestEvent"];
                };
            };
            responses: {
                "2XX": components["responses"]["WebhookAccepted"];
                default: components["responses"]["WebhookRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Format: idn-email
         * `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid.
         * @example user@example.com
         */
        EmailAddress: string;
        /**
         * `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
         * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * Format: date-time
         * RFC 3339, UTC, with milliseconds.
         * @example 2026-04-19T11:45:00.000Z
         */
        Timestamp: string;
        /**
         * It has no control or text-direction override characters, and no `=?`, which mail programs decode (RFC 2047). With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it.
         * @example Your Acme code
         */
        Subject: string;
        /**
         * It has no control or text-direction override characters. With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it.
         * @example Type this code to sign in to Acme.
         */
        VerificationLine: string;
        /**
         * `address` or `Name <address>`. The address must be on the credential's list of allowed senders. A name with punctuation stands in quotes. With a public token the name must be plain words, and the operator can lock it.
         * @example login@acme.example
         */
        From: string;
        /**
         * A whole number of seconds.
         * @default 600
         * @example 300
         */
        ExpiresInSeconds: number;
        /**
         * Codes of 4 or 5 digits allow 3 attempts, longer ones 5.
         * @default 6
         * @example 6
         */
        OtpDigits: number;
        /**
         * A BCP 47 tag, such as `de-AT`. The nearest of en, de, es, fr, pt, hi and ja is taken (RFC 4647, lookup), else English.
         * @example de-AT
         */
        Locale: string;
        /**
         * Format: uri
         * The page offers it as the way back, and adds `sessionId` to it. Its origin must be one of the key's allowed origins.
         * @example https://app.acme.example/welcome
         */
        RedirectUrl: string;
        /**
         * Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing.
         * @example signup-4711
         */
        Reference: string;
        SendBackendOtpBody: {
            /**
             * The recipient: exactly one email address. `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the mail, instead of the default one. It has no control or text-direction override characters, and no `=?`, which mail programs decode (RFC 2047). With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It has no control or text-direction override characters. With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used, in seconds. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts, longer ones 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the mail and of the hosted page. A BCP 47 tag, such as `de-AT`. The nearest of en, de, es, fr, pt, hi and ja is taken (RFC 4647, lookup), else English. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for what the code is for. Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
        };
        SendEmailVerificationBody: {
            /**
             * The recipient: exactly one email address. `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the mail, instead of the default one. It has no control or text-direction override characters, and no `=?`, which mail programs decode (RFC 2047). With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It has no control or text-direction override characters. With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used, in seconds. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts, longer ones 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the mail and of the hosted page. A BCP 47 tag, such as `de-AT`. The nearest of en, de, es, fr, pt, hi and ja is taken (RFC 4647, lookup), else English. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for what the code is for. Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * Where the hosted page leads after success. The page offers it as the way back, and adds `sessionId` to it. Its origin must be one of the key's allowed origins. At most 2000 characters.
             */
            redirectUrl?: components["schemas"]["RedirectUrl"];
        };
        SendInstantOtpBody: {
            /**
             * The recipient: exactly one email address. `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the mail, instead of the default one. It has no control or text-direction override characters, and no `=?`, which mail programs decode (RFC 2047). With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It has no control or text-direction override characters. With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used, in seconds. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts, longer ones 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the mail and of the hosted page. A BCP 47 tag, such as `de-AT`. The nearest of en, de, es, fr, pt, hi and ja is taken (RFC 4647, lookup), else English. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for what the code is for. Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * The sender of the mail, instead of the default one. `address` or `Name <address>`. The address must be on the credential's list of allowed senders. A name with punctuation stands in quotes. With a public token the name must be plain words, and the operator can lock it. From 3 to 320 characters.
             */
            from?: components["schemas"]["From"];
        };
        SentOtp: {
            /**
             * The id of the session. `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * When the code expires. RFC 3339, UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * The recipient, as it was sent.
             */
            email: string;
            /**
             * True when an SMTP server accepted the mail for exactly this recipient with 250. It is also true in the sandbox and for test recipients, where nothing is mailed.
             */
            sent: boolean;
        };
        SentOtpResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["SentOtp"];
        };
        SentEmailVerification: {
            /**
             * The id of the session. `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * When the code expires. RFC 3339, UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * The recipient, as it was sent.
             */
            email: string;
            /**
             * True when an SMTP server accepted the mail for exactly this recipient with 250. It is also true in the sandbox and for test recipients, where nothing is mailed.
             */
            sent: boolean;
            /**
             * Format: uri
             * The hosted page where the recipient can type the code. Carries the session id and nothing else.
             */
            hostedVerifyUrl: string;
        };
        SentEmailVerificationResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["SentEmailVerification"];
        };
        VerifyBody: {
            /**
             * `data.sessionId` of the send. At most 64 characters.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
            /**
             * The address given to send. Upper and lower case are not distinguished. At most 254 characters.
             * @example user@example.com
             */
            email: string;
            /**
             * The code as typed: digits of any script. White space, dashes and invisible characters are ignored. A text that cannot be the code of this session, such as letters or too few digits, is answered with INVALID_CODE and costs no attempt. At most 64 characters.
             * @example 424242
             */
            code: string;
        };
        VerifyResult: {
            /**
             * True when the code was right.
             * @constant
             */
            verified: true;
        };
        VerifyResultResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["VerifyResult"];
        };
        VerificationPage: {
            /**
             * The completed verifications, the newest first.
             */
            verifications: components["schemas"]["Verification"][];
            /**
             * Present when there are older verifications; give it back as `cursor`.
             */
            nextCursor?: string;
        };
        VerificationPageResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["VerificationPage"];
        };
        Verification: {
            /**
             * The id of the session. `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
             */
            id: components["schemas"]["SessionId"];
            /**
             * The recipient in its one spelling: lower case, the domain as A-labels. However a send wrote an address, here it is always the same text.
             */
            email: string;
            /**
             * When a mail server accepted the mail. RFC 3339, UTC, with milliseconds.
             */
            sentAt: components["schemas"]["Timestamp"];
            /**
             * When the right code was typed. RFC 3339, UTC, with milliseconds.
             */
            verifiedAt: components["schemas"]["Timestamp"];
            /**
             * Your own id for what the code is for. Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * Present when a sandbox credential opened the session, so nothing was mailed.
             * @constant
             */
            sandbox?: true;
            /**
             * Present when the recipient is a test recipient with a fixed code, so nothing was mailed.
             * @constant
             */
            testRecipient?: true;
        };
        /**
         * `PENDING` until the session ends, and then for good: `VERIFIED` by the right code; `EXPIRED` when its time was over; `ATTEMPTS_USED_UP` by wrong codes; `FAILED` when no mail server took the mail; `CANCELED` by your back end.
         * @enum {string}
         */
        SessionStatus: "PENDING" | "VERIFIED" | "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
        /**
         * One session as it stands.
         */
        Session: {
            /**
             * The id of the session. `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * The recipient in its one spelling, as in the lists.
             */
            email: string;
            /**
             * Where the session stands. `PENDING` until the session ends, and then for good: `VERIFIED` by the right code; `EXPIRED` when its time was over; `ATTEMPTS_USED_UP` by wrong codes; `FAILED` when no mail server took the mail; `CANCELED` by your back end.
             */
            status: components["schemas"]["SessionStatus"];
            /**
             * When the code expires. RFC 3339, UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * When a mail server took the mail; absent until then, or if none did. RFC 3339, UTC, with milliseconds.
             */
            sentAt?: components["schemas"]["Timestamp"];
            /**
             * When the right code came; absent until then. RFC 3339, UTC, with milliseconds.
             */
            verifiedAt?: components["schemas"]["Timestamp"];
            /**
             * How many codes it still compares; 0 as soon as the session has ended. At least 0.
             */
            attemptsLeft: number;
            /**
             * Your own id for what the code is for. Visible ASCII characters, such as the id of a sign-up or an order. Status, lists and webhooks show it; the recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * Present when a sandbox credential opened the session, so nothing was mailed.
             * @constant
             */
            sandbox?: true;
            /**
             * Present when the recipient is a test recipient with a fixed code, so nothing was mailed.
             * @constant
             */
            testRecipient?: true;
        };
        SessionEvent: {
            /**
             * `DELIVERY_UNKNOWN`: the mail server fell silent, so the mail may have arrived. The others are what they say.
             * @enum {string}
             */
            type: "SENT" | "DELIVERY_FAILED" | "DELIVERY_UNKNOWN" | "WRONG_CODE" | "VERIFIED" | "EXPIRED" | "CANCELED";
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            at: components["schemas"]["Timestamp"];
        };
        SessionDetails: components["schemas"]["Session"] & {
            /**
             * What happened to the session, the oldest first. A wrong code after a resend stands in both sessions.
             */
            events: components["schemas"]["SessionEvent"][];
            /**
             * The code of a sandbox session. It is absent from every other session.
             * @example 424242
             */
            testCode?: string;
        };
        SessionDetailsResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["SessionDetails"];
        };
        CancelBody: {
            /**
             * `data.sessionId` of the send. At most 64 characters.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
        };
        CanceledSession: {
            /**
             * The id of the session. `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * How the session has ended; `CANCELED`, unless it had ended before.
             * @enum {string}
             */
            status: "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
        };
        CanceledSessionResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["CanceledSession"];
        };
        EraseBody: {
            /**
             * The recipient: exactly one email address. `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
        };
        Erasure: {
            /**
             * How many sessions were erased. At least 0.
             */
            sessions: number;
            /**
             * How many webhook events were erased. Those that were not delivered yet are not delivered. At least 0.
             */
            webhookEvents: number;
        };
        ErasureResponse: {
            /**
             * True when the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["Erasure"];
        };
        /**
         * The same for every delivery of the event. Remember it, and handle each event once.
         * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
         */
        EventId: string;
        VerificationCompletedEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "verification.completed";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The session as it stood when the event was made. One session as it stands.
             */
            data: components["schemas"]["Session"];
        };
        VerificationExpiredEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "verification.expired";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The session as it stood when the event was made. One session as it stands.
             */
            data: components["schemas"]["Session"];
        };
        VerificationAttemptsUsedUpEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "verification.attempts_used_up";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The session as it stood when the event was made. One session as it stands.
             */
            data: components["schemas"]["Session"];
        };
        VerificationCanceledEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "verification.canceled";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The session as it stood when the event was made. One session as it stands.
             */
            data: components["schemas"]["Session"];
        };
        DeliveryFailedEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "delivery.failed";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The session as it stood when the event was made. One session as it stands.
             */
            data: components["schemas"]["Session"];
        };
        WebhookTest: {
            /**
             * The endpoint that is tested.
             */
            endpointId: string;
        };
        WebhookTestEvent: {
            /**
             * What happened.
             * @constant
             */
            type: "webhook.test";
            /**
             * The id of the event: the same for every delivery of it. The same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it was sent. RFC 3339, UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * What was tested.
             */
            data: components["schemas"]["WebhookTest"];
        };
        /**
         * What happened, stable and made for programs.
         * @enum {string}
         */
        ErrorCode: "VALIDATION_FAILED" | "INVALID_CODE" | "UNAUTHORIZED" | "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED" | "FROM_NOT_ALLOWED" | "SESSION_NOT_FOUND" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "IDEMPOTENCY_IN_PROGRESS" | "SESSION_CLOSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_REUSED" | "OTP_RATE_LIMITED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "SMTP_DELIVERY_FAILED" | "SMTP_NOT_CONFIGURED" | "SERVICE_UNAVAILABLE";
        /**
         * `SEND_LIMIT`: too many codes were requested; wait. `ATTEMPTS_USED_UP`: this session takes no more codes; send a new one. `GUESS_LIMIT`: too many wrong codes were typed; wait, because a new code does not help. Codes of 4 or 5 digits have lower limits, so a code of 6 digits may still be sent. `READ_LIMIT`: too many requests other than sends came with this credential; wait.
         *     Only server keys are told why a mail was not delivered. `RECIPIENT_REFUSED`: the mail server does not take mail for this address, so ask for another one. `RELAY_UNAVAILABLE`: the mail server cannot be reached or is busy; try again later. `RELAY_MISCONFIGURED`: the operator has to mend the connection to the mail server; its log says what. `UNKNOWN`: the mail may still arrive.
         * @enum {string}
         */
        ErrorReason: "SEND_LIMIT" | "ATTEMPTS_USED_UP" | "GUESS_LIMIT" | "READ_LIMIT" | "RECIPIENT_REFUSED" | "RELAY_UNAVAILABLE" | "RELAY_MISCONFIGURED" | "UNKNOWN";
        ErrorDetail: {
            /**
             * JSON Pointer (RFC 6901) into the request body, or `/` and the name of a query parameter or header. Empty for the body as a whole.
             * @example /email
             */
            path: string;
            /**
             * What is wrong there.
             * @example must be exactly one email address
             */
            message: string;
        };
        /**
         * The same in every error of every operation.
         */
        ApiError: {
            /**
             * What happened, stable and made for programs.
             */
            code: components["schemas"]["ErrorCode"];
            /**
             * One sentence for people, free to change.
             */
            message: string;
            /**
             * The same as the header `X-Request-Id`.
             */
            requestId: string;
            /**
             * Comes with `VALIDATION_FAILED`, one entry for each place.
             */
            details?: components["schemas"]["ErrorDetail"][];
            /**
             * Seconds to wait, with every 409, 429 and 503 that a wait can cure. At least 1.
             */
            retryAfterSeconds?: number;
            /**
             * Why, where one code has several causes. Comes with every 429. `SEND_LIMIT`: too many codes were requested; wait. `ATTEMPTS_USED_UP`: this session takes no more codes; send a new one. `GUESS_LIMIT`: too many wrong codes were typed; wait, because a new code does not help. Codes of 4 or 5 digits have lower limits, so a code of 6 digits may still be sent. `READ_LIMIT`: too many requests other than sends came with this credential; wait.
             *     Only server keys are told why a mail was not delivered. `RECIPIENT_REFUSED`: the mail server does not take mail for this address, so ask for another one. `RELAY_UNAVAILABLE`: the mail server cannot be reached or is busy; try again later. `RELAY_MISCONFIGURED`: the operator has to mend the connection to the mail server; its log says what. `UNKNOWN`: the mail may still arrive.
             */
            reason?: components["schemas"]["ErrorReason"];
            /**
             * How many codes this session still compares. Comes with `INVALID_CODE`, for a server key and for the public token that opened the session. At least 0.
             */
            attemptsLeft?: number;
        };
        /**
         * The body of every error. Each response narrows `error.code` to the codes that it can have.
         */
        ErrorResponse: {
            /**
             * False for every error.
             * @constant
             */
            success: false;
            /**
             * What went wrong. The same in every error of every operation.
             */
            error: components["schemas"]["ApiError"];
        };
    };
    responses: {
        /**
         * The code was right; the session is consumed.
         */
        Verified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VerifyResultResponse"];
            };
        };
        /**
         * The request breaks the schema; `details` names each place.
         */
        InvalidSend: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "VALIDATION_FAILED";
                        details: components["schemas"]["ErrorDetail"][];
                    };
                };
            };
        };
        /**
         * The request breaks the schema, or the code is malformed or wrong.
         */
        InvalidVerify: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & ({
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "VALIDATION_FAILED";
                        details: components["schemas"]["ErrorDetail"][];
                    };
                } | {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "INVALID_CODE";
                    };
                });
            };
        };
        /**
         * The request breaks the schema; `details` names each place.
         */
        InvalidList: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "VALIDATION_FAILED";
                        details: components["schemas"]["ErrorDetail"][];
                    };
                };
            };
        };
        /**
         * The request breaks the schema; `details` names each place.
         */
        InvalidSessionRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "VALIDATION_FAILED";
                        details: components["schemas"]["ErrorDetail"][];
                    };
                };
            };
        };
        /**
         * The session is unknown or no longer kept, was erased, or belongs to another flow or project.
         */
        SessionNotKept: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SESSION_NOT_FOUND";
                    };
                };
            };
        };
        /**
         * The session is verified, so there is nothing left to cancel. Waiting does not help.
         */
        SessionClosed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SESSION_CLOSED";
                    };
                };
            };
        };
        /**
         * Any 2xx within 15 seconds says that you have the event. The body is not read.
         */
        WebhookAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * Any other status is a failure, a redirect too, and the event comes again. 410 disables the endpoint.
         */
        WebhookRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * A credential is missing, unknown, expired or revoked.
         */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "UNAUTHORIZED";
                    };
                };
            };
        };
        /**
         * The key lacks the scope `server_otp`, or the credential is of the wrong kind.
         */
        ScopeRequired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SCOPE_REQUIRED";
                    };
                };
            };
        };
        /**
         * The credential does not open this operation from here, or not with this sender.
         */
        InstantSendForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @enum {string} */
                        code: "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED" | "FROM_NOT_ALLOWED";
                    };
                };
            };
        };
        /**
         * The credential does not open this operation from here.
         */
        InstantVerifyForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @enum {string} */
                        code: "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED";
                    };
                };
            };
        };
        /**
         * The public token does not open this operation from here.
         */
        InstantListForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @enum {string} */
                        code: "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED";
                    };
                };
            };
        };
        /**
         * The session is unknown, expired or consumed, or belongs to another flow or project.
         */
        SessionNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SESSION_NOT_FOUND";
                    };
                };
            };
        };
        /**
         * The request body is larger than 16 KiB.
         */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "PAYLOAD_TOO_LARGE";
                    };
                };
            };
        };
        /**
         * The request body is not `application/json`.
         */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "UNSUPPORTED_MEDIA_TYPE";
                    };
                };
            };
        };
        /**
         * A send with this `Idempotency-Key` is still under way.
         */
        IdempotencyInProgress: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "IDEMPOTENCY_IN_PROGRESS";
                        retryAfterSeconds: number;
                    };
                };
            };
        };
        /**
         * This `Idempotency-Key` came with another request within the last 24 hours.
         */
        IdempotencyKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "IDEMPOTENCY_KEY_REUSED";
                    };
                };
            };
        };
        /**
         * A send limit is reached.
         */
        InstantSendLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "OTP_RATE_LIMITED";
                        retryAfterSeconds: number;
                        /** @enum {string} */
                        reason?: "SEND_LIMIT" | "GUESS_LIMIT";
                    };
                };
            };
        };
        /**
         * A send limit is reached.
         */
        SendLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "RATE_LIMITED";
                        retryAfterSeconds: number;
                        /** @enum {string} */
                        reason?: "SEND_LIMIT" | "GUESS_LIMIT";
                    };
                };
            };
        };
        /**
         * Without `Retry-After`, the attempts of this session are used up: 5, or 3 when the code has 4 or 5 digits. Waiting does not help; send a new code. With `Retry-After`, wait; a new code does not help. Then too many wrong codes were typed for this recipient or, with a public token, from this network or with this token; or too many requests came with this credential.
         */
        VerifyLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "RATE_LIMITED";
                        /** @enum {string} */
                        reason?: "ATTEMPTS_USED_UP" | "GUESS_LIMIT" | "READ_LIMIT";
                    };
                };
            };
        };
        /**
         * Too many requests came with this credential.
         */
        ListLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "RATE_LIMITED";
                        retryAfterSeconds: number;
                        /** @enum {string} */
                        reason?: "READ_LIMIT";
                    };
                };
            };
        };
        /**
         * Our fault; nothing of the cause is shown.
         */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "INTERNAL_ERROR";
                    };
                };
            };
        };
        /**
         * The SMTP server refused, failed or timed out. The send does not count for its recipient, nor for a server key. It counts for a public token and whoever used it. If its mail may still arrive, it counts for everyone, and its code can be verified with the session of a newer send.
         */
        DeliveryFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SMTP_DELIVERY_FAILED";
                        /** @enum {string} */
                        reason?: "RECIPIENT_REFUSED" | "RELAY_UNAVAILABLE" | "RELAY_MISCONFIGURED" | "UNKNOWN";
                    };
                };
            };
        };
        /**
         * No usable SMTP route is configured, or the store cannot serve now.
         */
        SendUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & ({
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SMTP_NOT_CONFIGURED";
                    };
                } | {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SERVICE_UNAVAILABLE";
                        retryAfterSeconds: number;
                    };
                });
            };
        };
        /**
         * The store cannot serve now (full, locked or away).
         */
        ServiceUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"] & {
                    error?: components["schemas"]["ApiError"] & {
                        /** @constant */
                        code: "SERVICE_UNAVAILABLE";
                        retryAfterSeconds: number;
                    };
                };
            };
        };
    };
    parameters: {
        /**
         * How many verifications one page may hold, 1 or more; above 100 counts as 100.
         * @example 50
         */
        Limit: number;
        /**
         * `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
         * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
         */
        Cursor: string;
        /**
         * `data.sessionId` of the send.
         * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * Only sessions that were sent with this `reference`.
         * @example signup-4711
         */
        Reference: components["schemas"]["Reference"];
        /**
         * The same as `event_id`. An event that comes again has the same one.
         * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
         */
        WebhookId: string;
        /**
         * When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
         * @example 1776599124
         */
        WebhookTimestamp: string;
        /**
         * Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
         * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * Identifies the request in the server's log. A caller's own `X-Request-Id` is kept if it is 1 to 64 letters, digits, dots, dashes or underscores.
         * @example 01KPJRXTK0V3M8Z5R7W2H4J6PA
         */
        "X-Request-Id": string;
        /**
         * Seconds to wait, the same as `error.retryAfterSeconds`; absent when waiting does not help.
         * @example 42
         */
        "Retry-After": number;
        /**
         * The limit of the credential: `q` sends, or other requests together, in any `w` seconds (draft-ietf-httpapi-ratelimit-headers). Absent when the operator has switched it off, and on the answer to a repeat, which counts nothing. The limit of the recipient is told to nobody.
         * @example "credential";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * What is left of `RateLimit-Policy`: `r` more now, and `t` seconds until there is room for one more than that (draft-ietf-httpapi-ratelimit-headers). Absent where `RateLimit-Policy` is.
         * @example "credential";r=599;t=60
         */
        RateLimit: string;
        /**
         * The authentication scheme that the operation expects (RFC 9110, section 11.6.1).
         * @example Bearer
         */
        "WWW-Authenticate": "Bearer";
    };
    pathItems: never;
}
export type EmailAddress = components['schemas']['EmailAddress'];
export type SessionId = components['schemas']['SessionId'];
export type Timestamp = components['schemas']['Timestamp'];
export type Subject = components['schemas']['Subject'];
export type VerificationLine = components['schemas']['VerificationLine'];
export type From = components['schemas']['From'];
export type ExpiresInSeconds = components['schemas']['ExpiresInSeconds'];
export type OtpDigits = components['schemas']['OtpDigits'];
export type Locale = components['schemas']['Locale'];
export type RedirectUrl = components['schemas']['RedirectUrl'];
export type Reference = components['schemas']['Reference'];
export type SendBackendOtpBody = components['schemas']['SendBackendOtpBody'];
export type SendEmailVerificationBody = components['schemas']['SendEmailVerificationBody'];
export type SendInstantOtpBody = components['schemas']['SendInstantOtpBody'];
export type SentOtp = components['schemas']['SentOtp'];
export type SentOtpResponse = components['schemas']['SentOtpResponse'];
export type SentEmailVerification = components['schemas']['SentEmailVerification'];
export type SentEmailVerificationResponse = components['schemas']['SentEmailVerificationResponse'];
export type VerifyBody = components['schemas']['VerifyBody'];
export type VerifyResult = components['schemas']['VerifyResult'];
export type VerifyResultResponse = components['schemas']['VerifyResultResponse'];
export type VerificationPage = components['schemas']['VerificationPage'];
export type VerificationPageResponse = components['schemas']['VerificationPageResponse'];
export type Verification = components['schemas']['Verification'];
export type SessionStatus = components['schemas']['SessionStatus'];
export type Session = components['schemas']['Session'];
export type SessionEvent = components['schemas']['SessionEvent'];
export type SessionDetails = components['schemas']['SessionDetails'];
export type SessionDetailsResponse = components['schemas']['SessionDetailsResponse'];
export type CancelBody = components['schemas']['CancelBody'];
export type CanceledSession = components['schemas']['CanceledSession'];
export type CanceledSessionResponse = components['schemas']['CanceledSessionResponse'];
export type EraseBody = components['schemas']['EraseBody'];
export type Erasure = components['schemas']['Erasure'];
export type ErasureResponse = components['schemas']['ErasureResponse'];
export type EventId = components['schemas']['EventId'];
export type VerificationCompletedEvent = components['schemas']['VerificationCompletedEvent'];
export type VerificationExpiredEvent = components['schemas']['VerificationExpiredEvent'];
export type VerificationAttemptsUsedUpEvent = components['schemas']['VerificationAttemptsUsedUpEvent'];
export type VerificationCanceledEvent = components['schemas']['VerificationCanceledEvent'];
export type DeliveryFailedEvent = components['schemas']['DeliveryFailedEvent'];
export type WebhookTest = components['schemas']['WebhookTest'];
export type WebhookTestEvent = components['schemas']['WebhookTestEvent'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ErrorReason = components['schemas']['ErrorReason'];
export type ErrorDetail = components['schemas']['ErrorDetail'];
export type ApiError = components['schemas']['ApiError'];
export type ErrorResponse = components['schemas']['ErrorResponse'];
export type ResponseVerified = components['responses']['Verified'];
export type ResponseInvalidSend = components['responses']['InvalidSend'];
export type ResponseInvalidVerify = components['responses']['InvalidVerify'];
export type ResponseInvalidList = components['responses']['InvalidList'];
export type ResponseInvalidSessionRequest = components['responses']['InvalidSessionRequest'];
export type ResponseSessionNotKept = components['responses']['SessionNotKept'];
export type ResponseSessionClosed = components['responses']['SessionClosed'];
export type ResponseWebhookAccepted = components['responses']['WebhookAccepted'];
export type ResponseWebhookRefused = components['responses']['WebhookRefused'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseScopeRequired = components['responses']['ScopeRequired'];
export type ResponseInstantSendForbidden = components['responses']['InstantSendForbidden'];
export type ResponseInstantVerifyForbidden = components['responses']['InstantVerifyForbidden'];
export type ResponseInstantListForbidden = components['responses']['InstantListForbidden'];
export type ResponseSessionNotFound = components['responses']['SessionNotFound'];
export type ResponsePayloadTooLarge = components['responses']['PayloadTooLarge'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseIdempotencyInProgress = components['responses']['IdempotencyInProgress'];
export type ResponseIdempotencyKeyReused = components['responses']['IdempotencyKeyReused'];
export type ResponseInstantSendLimited = components['responses']['InstantSendLimited'];
export type ResponseSendLimited = components['responses']['SendLimited'];
export type ResponseVerifyLimited = components['responses']['VerifyLimited'];
export type ResponseListLimited = components['responses']['ListLimited'];
export type ResponseInternalError = components['responses']['InternalError'];
export type ResponseDeliveryFailed = components['responses']['DeliveryFailed'];
export type ResponseSendUnavailable = components['responses']['SendUnavailable'];
export type ResponseServiceUnavailable = components['responses']['ServiceUnavailable'];
export type ParameterLimit = components['parameters']['Limit'];
export type ParameterCursor = components['parameters']['Cursor'];
export type ParameterSessionId = components['parameters']['SessionId'];
export type ParameterReference = components['parameters']['Reference'];
export type ParameterWebhookId = components['parameters']['WebhookId'];
export type ParameterWebhookTimestamp = components['parameters']['WebhookTimestamp'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type HeaderXRequestId = components['headers']['X-Request-Id'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderRateLimitPolicy = components['headers']['RateLimit-Policy'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderWwwAuthenticate = components['headers']['WWW-Authenticate'];
export type $defs = Record<string, never>;
export interface operations {
    sendInstantOtp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendInstantOtpBody"];
            };
        };
        responses: {
            /**
             * An SMTP server accepted the mail.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentOtpResponse"];
                };
            };
            400: components["responses"]["InvalidSend"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InstantSendForbidden"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["InstantSendLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["DeliveryFailed"];
            503: components["responses"]["SendUnavailable"];
        };
    };
    verifyInstantOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyBody"];
            };
        };
        responses: {
            200: components["responses"]["Verified"];
            400: components["responses"]["InvalidVerify"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InstantVerifyForbidden"];
            404: components["responses"]["SessionNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["VerifyLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listInstantOtpVerifications: {
        parameters: {
            query?: {
                /**
                 * How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * One page of completed verifications.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationPageResponse"];
                };
            };
            400: components["responses"]["InvalidList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InstantListForbidden"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getInstantOtpStatus: {
        parameters: {
            query: {
                /**
                 * `data.sessionId` of the send.
                 * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The session as it stands now.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetailsResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InstantVerifyForbidden"];
            404: components["responses"]["SessionNotKept"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelInstantOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelBody"];
            };
        };
        responses: {
            /**
             * The code of this session verifies nothing any more.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanceledSessionResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotKept"];
            409: components["responses"]["SessionClosed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendBackendOtp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBackendOtpBody"];
            };
        };
        responses: {
            /**
             * An SMTP server accepted the mail.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentOtpResponse"];
                };
            };
            400: components["responses"]["InvalidSend"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["SendLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["DeliveryFailed"];
            503: components["responses"]["SendUnavailable"];
        };
    };
    verifyBackendOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyBody"];
            };
        };
        responses: {
            200: components["responses"]["Verified"];
            400: components["responses"]["InvalidVerify"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["VerifyLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listBackendOtpVerifications: {
        parameters: {
            query?: {
                /**
                 * How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * Only sessions that were sent with this `reference`.
                 * @example signup-4711
                 */
                reference?: components["parameters"]["Reference"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * One page of completed verifications.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationPageResponse"];
                };
            };
            400: components["responses"]["InvalidList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getBackendOtpStatus: {
        parameters: {
            query: {
                /**
                 * `data.sessionId` of the send.
                 * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The session as it stands now.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetailsResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotKept"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelBackendOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelBody"];
            };
        };
        responses: {
            /**
             * The code of this session verifies nothing any more.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanceledSessionResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotKept"];
            409: components["responses"]["SessionClosed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendEmailVerification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendEmailVerificationBody"];
            };
        };
        responses: {
            /**
             * An SMTP server accepted the mail.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentEmailVerificationResponse"];
                };
            };
            400: components["responses"]["InvalidSend"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["SendLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["DeliveryFailed"];
            503: components["responses"]["SendUnavailable"];
        };
    };
    verifyEmailVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyBody"];
            };
        };
        responses: {
            200: components["responses"]["Verified"];
            400: components["responses"]["InvalidVerify"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["VerifyLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listEmailVerifications: {
        parameters: {
            query?: {
                /**
                 * How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * Only sessions that were sent with this `reference`.
                 * @example signup-4711
                 */
                reference?: components["parameters"]["Reference"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * One page of completed verifications.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationPageResponse"];
                };
            };
            400: components["responses"]["InvalidList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getEmailVerificationStatus: {
        parameters: {
            query: {
                /**
                 * `data.sessionId` of the send.
                 * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
                 */
                sessionId: components["parameters"]["SessionId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The session as it stands now.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetailsResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotKept"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelEmailVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelBody"];
            };
        };
        responses: {
            /**
             * The code of this session verifies nothing any more.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanceledSessionResponse"];
                };
            };
            400: components["responses"]["InvalidSessionRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            404: components["responses"]["SessionNotKept"];
            409: components["responses"]["SessionClosed"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    eraseRecipient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseBody"];
            };
        };
        responses: {
            /**
             * Nothing is left of this mailbox in this project.
             */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureResponse"];
                };
            };
            400: components["responses"]["InvalidSend"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ScopeRequired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["ListLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
type FlattenedDeepRequired<T> = {
    [K in keyof T]-?: FlattenedDeepRequired<T[K] extends unknown[] | undefined | null ? Extract<T[K], unknown[]>[number] : T[K]>;
};
type ReadonlyArray<T> = [
    Exclude<T, undefined>
] extends [
    unknown[]
] ? Readonly<Exclude<T, undefined>> : Readonly<Exclude<T, undefined>[]>;
export const sessionStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SessionStatus"]> = ["PENDING", "VERIFIED", "EXPIRED", "ATTEMPTS_USED_UP", "FAILED", "CANCELED"];
export const sessionEventTypeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["SessionEvent"]["type"]> = ["SENT", "DELIVERY_FAILED", "DELIVERY_UNKNOWN", "WRONG_CODE", "VERIFIED", "EXPIRED", "CANCELED"];
export const canceledSessionStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["CanceledSession"]["status"]> = ["EXPIRED", "ATTEMPTS_USED_UP", "FAILED", "CANCELED"];
export const errorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ErrorCode"]> = ["VALIDATION_FAILED", "INVALID_CODE", "UNAUTHORIZED", "SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED", "FROM_NOT_ALLOWED", "SESSION_NOT_FOUND", "NOT_FOUND", "METHOD_NOT_ALLOWED", "IDEMPOTENCY_IN_PROGRESS", "SESSION_CLOSED", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "IDEMPOTENCY_KEY_REUSED", "OTP_RATE_LIMITED", "RATE_LIMITED", "INTERNAL_ERROR", "SMTP_DELIVERY_FAILED", "SMTP_NOT_CONFIGURED", "SERVICE_UNAVAILABLE"];
export const errorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ErrorReason"]> = ["SEND_LIMIT", "ATTEMPTS_USED_UP", "GUESS_LIMIT", "READ_LIMIT", "RECIPIENT_REFUSED", "RELAY_UNAVAILABLE", "RELAY_MISCONFIGURED", "UNKNOWN"];
export const componentsResponsesInstantSendForbiddenContentApplicationJsonErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["InstantSendForbidden"]["content"]["application/json"]["error"]["code"]> = ["SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED", "FROM_NOT_ALLOWED"];
export const componentsResponsesInstantVerifyForbiddenContentApplicationJsonErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["InstantVerifyForbidden"]["content"]["application/json"]["error"]["code"]> = ["SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED"];
export const componentsResponsesInstantListForbiddenContentApplicationJsonErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["InstantListForbidden"]["content"]["application/json"]["error"]["code"]> = ["OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED"];
export const componentsResponsesInstantSendLimitedContentApplicationJsonErrorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["InstantSendLimited"]["content"]["application/json"]["error"]["reason"]> = ["SEND_LIMIT", "GUESS_LIMIT"];
export const componentsResponsesSendLimitedContentApplicationJsonErrorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["SendLimited"]["content"]["application/json"]["error"]["reason"]> = ["SEND_LIMIT", "GUESS_LIMIT"];
export const componentsResponsesVerifyLimitedContentApplicationJsonErrorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["VerifyLimited"]["content"]["application/json"]["error"]["reason"]> = ["ATTEMPTS_USED_UP", "GUESS_LIMIT", "READ_LIMIT"];
export const componentsResponsesListLimitedContentApplicationJsonErrorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["ListLimited"]["content"]["application/json"]["error"]["reason"]> = ["READ_LIMIT"];
export const componentsResponsesDeliveryFailedContentApplicationJsonErrorReasonValues: ReadonlyArray<FlattenedDeepRequired<components>["responses"]["DeliveryFailed"]["content"]["application/json"]["error"]["reason"]> = ["RECIPIENT_REFUSED", "RELAY_UNAVAILABLE", "RELAY_MISCONFIGURED", "UNKNOWN"];
