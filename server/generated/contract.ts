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
         * Sends an email with a code. The service hands it to an SMTP server before it responds. Takes a public token, or a server key with the scope `server_otp`.
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
         * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the code and consumes the session. After a resend, the newer session also accepts the code of the previous email, until that code expires.
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
         * Returns the completed instant verifications of the token's project, newest first. Takes the public token **and** its analytics secret.
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
         * Returns what happened to one session of this project, and when. Takes a server key with the scope `server_otp`, or the public token **and** its analytics secret. Verified sessions are kept for `RETENTION`, all others for `RETENTION_UNVERIFIED`.
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
         * Ends an open session. Its code stops working at once. You can repeat the request. A session that has already ended without being verified does not change, and the response shows how it ended. For a verified session, the response is 409.
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
         * Sends an email with a code for your back end. Public tokens and their allowlists are not involved.
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
         * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the code and consumes the session. After a resend, the newer session also accepts the code of the previous email, until that code expires.
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
         * Returns the completed backend verifications of the key's project, newest first.
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
         * Returns what happened to one session of this project, and when. Takes a server key with the scope `server_otp`. Verified sessions are kept for `RETENTION`, all others for `RETENTION_UNVERIFIED`.
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
         * Ends an open session. Its code stops working at once. You can repeat the request. A session that has already ended without being verified does not change, and the response shows how it ended. For a verified session, the response is 409.
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
         * Send a verification email
         * Sends an email with a code, and returns the URL of the hosted page where the recipient can type it.
         *
         *     The hosted page can send a new code, if the person types the email address again. The new code belongs to a new session with the same recipient, `reference`, `locale`, `otpDigits`, lifetime and `redirectUrl`. It counts against the same limits. The new email does not repeat the `subject` and `verificationLine` of the first one. `redirectUrl` then gets the new `sessionId`, and webhooks report the new session, with the same `reference`. Repeated requests for one session within 24 hours send only one email.
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
         * Checks a code and, if it is right, consumes the session. One atomic step counts the attempt, compares the code and consumes the session. After a resend, the newer session also accepts the code of the previous email, until that code expires.
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
         * Returns the completed email verifications of the key's project, newest first.
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
         * Returns what happened to one session of this project, and when. Use it to find out whether the recipient typed the code on the hosted page. If that page sent a new code, the code belongs to another session with the same `reference`. Takes a server key with the scope `server_otp`. Verified sessions are kept for `RETENTION`, all others for `RETENTION_UNVERIFIED`.
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
         * Ends an open session. Its code stops working at once. You can repeat the request. A session that has already ended without being verified does not change, and the response shows how it ended. For a verified session, the response is 409.
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
         * Erases everything that this project stores about a mailbox, for every spelling of its address: sessions and their history, test recipients, and webhook events, delivered or not. Open codes stop working at once. Limits that still count the mailbox keep their counts, without the address. You can repeat the request.
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
         * Sent when the recipient has typed the right code, in your form or on the hosted page.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * Sent when a session has expired before the right code was typed.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * Sent when a wrong code has used the last attempt of a session. Send a new code.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * Sent when your back end has canceled a session.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * An email was not delivered
         * Sent when no mail server has accepted the email, so the code reached nobody.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * A test event
         * Sent only by the command `risumail-otp webhooks test`.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
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
         * It has the form `local@domain`, without a display name, comment or quoted part, and at most 254 octets. The domain may be internationalized, as U-labels or A-labels (RFC 5890). A domain that IDNA maps to another one, such as one in full-width letters, is not valid.
         * @example user@example.com
         */
        EmailAddress: string;
        /**
         * It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
         * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * Format: date-time
         * RFC 3339, in UTC, with milliseconds.
         * @example 2026-04-19T11:45:00.000Z
         */
        Timestamp: string;
        /**
         * It must not contain control characters, text-direction overrides, or `=?`, which email programs decode (RFC 2047). With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it.
         * @example Your Acme code
         */
        Subject: string;
        /**
         * It must not contain control characters or text-direction overrides. With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it.
         * @example Type this code to sign in to Acme.
         */
        VerificationLine: string;
        /**
         * It has the form `address` or `Name <address>`. The address must be on the credential's list of allowed senders. Put a name with punctuation in quotes. With a public token, the name must be plain words, and the operator can lock the field.
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
         * Codes of 4 or 5 digits allow 3 attempts. Longer codes allow 5.
         * @default 6
         * @example 6
         */
        OtpDigits: number;
        /**
         * A BCP 47 tag, such as `de-AT`. The service uses the closest of en, de, es, fr, pt, pt-BR, hi and ja (RFC 4647, lookup), or English if none matches. `pt-BR` has its own texts. Other `pt` tags get European Portuguese.
         * @example de-AT
         */
        Locale: string;
        /**
         * Format: uri
         * The page adds `sessionId` to it. Its origin must be one of the key's allowed origins.
         * @example https://app.acme.example/welcome
         */
        RedirectUrl: string;
        /**
         * For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing.
         * @example signup-4711
         */
        Reference: string;
        SendBackendOtpBody: {
            /**
             * The recipient: exactly one email address. It has the form `local@domain`, without a display name, comment or quoted part, and at most 254 octets. The domain may be internationalized, as U-labels or A-labels (RFC 5890). A domain that IDNA maps to another one, such as one in full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the email, instead of the default one. It must not contain control characters, text-direction overrides, or `=?`, which email programs decode (RFC 2047). With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It must not contain control characters or text-direction overrides. With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts. Longer codes allow 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the email. A BCP 47 tag, such as `de-AT`. The service uses the closest of en, de, es, fr, pt, pt-BR, hi and ja (RFC 4647, lookup), or English if none matches. `pt-BR` has its own texts. Other `pt` tags get European Portuguese. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for the purpose of the code. For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
        };
        SendEmailVerificationBody: {
            /**
             * The recipient: exactly one email address. It has the form `local@domain`, without a display name, comment or quoted part, and at most 254 octets. The domain may be internationalized, as U-labels or A-labels (RFC 5890). A domain that IDNA maps to another one, such as one in full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the email, instead of the default one. It must not contain control characters, text-direction overrides, or `=?`, which email programs decode (RFC 2047). With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It must not contain control characters or text-direction overrides. With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts. Longer codes allow 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the email and of the hosted page. A BCP 47 tag, such as `de-AT`. The service uses the closest of en, de, es, fr, pt, pt-BR, hi and ja (RFC 4647, lookup), or English if none matches. `pt-BR` has its own texts. Other `pt` tags get European Portuguese. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for the purpose of the code. For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * The address that the hosted page links to after success. The page adds `sessionId` to it. Its origin must be one of the key's allowed origins. At most 2000 characters.
             */
            redirectUrl?: components["schemas"]["RedirectUrl"];
        };
        SendInstantOtpBody: {
            /**
             * The recipient: exactly one email address. It has the form `local@domain`, without a display name, comment or quoted part, and at most 254 octets. The domain may be internationalized, as U-labels or A-labels (RFC 5890). A domain that IDNA maps to another one, such as one in full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
            /**
             * The subject of the email, instead of the default one. It must not contain control characters, text-direction overrides, or `=?`, which email programs decode (RFC 2047). With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 150 characters.
             */
            subject?: components["schemas"]["Subject"];
            /**
             * The instruction line before the code, instead of the default one. It must not contain control characters or text-direction overrides. With a public token, it must be plain words, without links, phone numbers or emoji, and the operator can lock it. From 1 to 300 characters.
             */
            verificationLine?: components["schemas"]["VerificationLine"];
            /**
             * How long the code can be used. A whole number of seconds. From 60 to 3600. Default 600.
             * @default 600
             */
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            /**
             * How many digits the code has. Codes of 4 or 5 digits allow 3 attempts. Longer codes allow 5. From 4 to 10. Default 6.
             * @default 6
             */
            otpDigits?: components["schemas"]["OtpDigits"];
            /**
             * The language of the email. A BCP 47 tag, such as `de-AT`. The service uses the closest of en, de, es, fr, pt, pt-BR, hi and ja (RFC 4647, lookup), or English if none matches. `pt-BR` has its own texts. Other `pt` tags get European Portuguese. At most 35 characters.
             */
            locale?: components["schemas"]["Locale"];
            /**
             * Your own id for the purpose of the code. For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * The sender of the email, instead of the default one. It has the form `address` or `Name <address>`. The address must be on the credential's list of allowed senders. Put a name with punctuation in quotes. With a public token, the name must be plain words, and the operator can lock the field. From 3 to 320 characters.
             */
            from?: components["schemas"]["From"];
        };
        SentOtp: {
            /**
             * The id of the session. It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * When the code expires. RFC 3339, in UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * The recipient, as in the request.
             */
            email: string;
            /**
             * True if an SMTP server accepted the email for exactly this recipient with 250. Also true in the sandbox and for test recipients, where no email is sent.
             */
            sent: boolean;
        };
        SentOtpResponse: {
            /**
             * True if the operation succeeded.
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
             * The id of the session. It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * When the code expires. RFC 3339, in UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * The recipient, as in the request.
             */
            email: string;
            /**
             * True if an SMTP server accepted the email for exactly this recipient with 250. Also true in the sandbox and for test recipients, where no email is sent.
             */
            sent: boolean;
            /**
             * Format: uri
             * The hosted page where the recipient can type the code. Its only parameter is the session id.
             */
            hostedVerifyUrl: string;
        };
        SentEmailVerificationResponse: {
            /**
             * True if the operation succeeded.
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
             * The id of the session: `data.sessionId` in the response to the send. At most 64 characters.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
            /**
             * The address that the code was sent to. Upper and lower case make no difference. At most 254 characters.
             * @example user@example.com
             */
            email: string;
            /**
             * The code as the recipient typed it, in digits of any script. White space, dashes and invisible characters are ignored. Text that cannot be the code of this session, such as letters or too few digits, gets `INVALID_CODE` and costs no attempt. At most 64 characters.
             * @example 424242
             */
            code: string;
        };
        VerifyResult: {
            /**
             * True if the code was right.
             * @constant
             */
            verified: true;
        };
        VerifyResultResponse: {
            /**
             * True if the operation succeeded.
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
             * The completed verifications, newest first.
             */
            verifications: components["schemas"]["Verification"][];
            /**
             * The start of the next page, to send as `cursor`. Present if there are older verifications.
             */
            nextCursor?: string;
        };
        VerificationPageResponse: {
            /**
             * True if the operation succeeded.
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
             * The id of the session. It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
             */
            id: components["schemas"]["SessionId"];
            /**
             * The recipient in its canonical spelling: lower case, with the domain as A-labels. It is the same however the send spelled the address.
             */
            email: string;
            /**
             * When a mail server accepted the email, or when the code was requested if that is not known. RFC 3339, in UTC, with milliseconds.
             */
            sentAt: components["schemas"]["Timestamp"];
            /**
             * When the right code was typed. RFC 3339, in UTC, with milliseconds.
             */
            verifiedAt: components["schemas"]["Timestamp"];
            /**
             * Your own id for the purpose of the code. For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * Present if a sandbox credential opened the session, so no email was sent.
             * @constant
             */
            sandbox?: true;
            /**
             * Present if the recipient is a test recipient with a fixed code, so no email was sent.
             * @constant
             */
            testRecipient?: true;
        };
        /**
         * `PENDING` until the session ends. After that, it never changes. `VERIFIED`: the right code was typed. `EXPIRED`: its lifetime ended. `ATTEMPTS_USED_UP`: too many wrong codes were typed. `FAILED`: no mail server accepted the email. `CANCELED`: your back end canceled it.
         * @enum {string}
         */
        SessionStatus: "PENDING" | "VERIFIED" | "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
        /**
         * The state of one session.
         */
        Session: {
            /**
             * The id of the session. It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * The recipient in its canonical spelling, as in the lists.
             */
            email: string;
            /**
             * The status of the session. `PENDING` until the session ends. After that, it never changes. `VERIFIED`: the right code was typed. `EXPIRED`: its lifetime ended. `ATTEMPTS_USED_UP`: too many wrong codes were typed. `FAILED`: no mail server accepted the email. `CANCELED`: your back end canceled it.
             */
            status: components["schemas"]["SessionStatus"];
            /**
             * When the code expires. RFC 3339, in UTC, with milliseconds.
             */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * When a mail server accepted the email. Absent until then, or if none accepted it. In the sandbox and for test recipients, no email is sent: then, when the send succeeded. RFC 3339, in UTC, with milliseconds.
             */
            sentAt?: components["schemas"]["Timestamp"];
            /**
             * When the right code was typed. Absent until then. RFC 3339, in UTC, with milliseconds.
             */
            verifiedAt?: components["schemas"]["Timestamp"];
            /**
             * How many more codes can be tried. 0 as soon as the session has ended. At least 0.
             */
            attemptsLeft: number;
            /**
             * Your own id for the purpose of the code. For example, the id of a sign-up or an order, in visible ASCII characters. Status, lists and webhooks show it. The recipient never sees it. Anyone who has a public token can send any reference, so with a public token it proves nothing. From 1 to 128 characters.
             */
            reference?: components["schemas"]["Reference"];
            /**
             * Present if a sandbox credential opened the session, so no email was sent.
             * @constant
             */
            sandbox?: true;
            /**
             * Present if the recipient is a test recipient with a fixed code, so no email was sent.
             * @constant
             */
            testRecipient?: true;
        };
        SessionEvent: {
            /**
             * What happened. `DELIVERY_UNKNOWN` means that the mail server stopped responding, so the email may have arrived.
             * @enum {string}
             */
            type: "SENT" | "DELIVERY_FAILED" | "DELIVERY_UNKNOWN" | "WRONG_CODE" | "VERIFIED" | "EXPIRED" | "CANCELED";
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            at: components["schemas"]["Timestamp"];
        };
        SessionDetails: components["schemas"]["Session"] & {
            /**
             * What happened to the session, oldest first. After a resend, both sessions list a wrong code.
             */
            events: components["schemas"]["SessionEvent"][];
            /**
             * The code of a sandbox session. Absent from every other session.
             * @example 424242
             */
            testCode?: string;
        };
        SessionDetailsResponse: {
            /**
             * True if the operation succeeded.
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
             * The id of the session: `data.sessionId` in the response to the send. At most 64 characters.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
        };
        CanceledSession: {
            /**
             * The id of the session. It consists of `otp_sess_`, `otp_backend_` or `ev_`, followed by a ULID.
             */
            sessionId: components["schemas"]["SessionId"];
            /**
             * How the session ended. `CANCELED`, unless it had already ended.
             * @enum {string}
             */
            status: "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
        };
        CanceledSessionResponse: {
            /**
             * True if the operation succeeded.
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
             * The recipient: exactly one email address. It has the form `local@domain`, without a display name, comment or quoted part, and at most 254 octets. The domain may be internationalized, as U-labels or A-labels (RFC 5890). A domain that IDNA maps to another one, such as one in full-width letters, is not valid. From 3 to 254 characters.
             */
            email: components["schemas"]["EmailAddress"];
        };
        Erasure: {
            /**
             * How many sessions were erased. At least 0.
             */
            sessions: number;
            /**
             * How many webhook events were erased. Events that were not delivered yet will not be delivered. At least 0.
             */
            webhookEvents: number;
        };
        ErasureResponse: {
            /**
             * True if the operation succeeded.
             * @constant
             */
            success: true;
            /**
             * The result of the operation.
             */
            data: components["schemas"]["Erasure"];
        };
        /**
         * It is the same for every delivery of the event. Remember it, and handle each event once.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The state of the session when the event was created. The state of one session.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The state of the session when the event was created. The state of one session.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The state of the session when the event was created. The state of one session.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The state of the session when the event was created. The state of one session.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it happened. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * The state of the session when the event was created. The state of one session.
             */
            data: components["schemas"]["Session"];
        };
        WebhookTest: {
            /**
             * The id of the endpoint that is tested.
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
             * The id of the event. It is the same for every delivery of the event. Remember it, and handle each event once.
             */
            event_id: components["schemas"]["EventId"];
            /**
             * When it was sent. RFC 3339, in UTC, with milliseconds.
             */
            timestamp: components["schemas"]["Timestamp"];
            /**
             * What was tested.
             */
            data: components["schemas"]["WebhookTest"];
        };
        /**
         * What went wrong, as a stable code for programs.
         * @enum {string}
         */
        ErrorCode: "VALIDATION_FAILED" | "INVALID_CODE" | "UNAUTHORIZED" | "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED" | "FROM_NOT_ALLOWED" | "SESSION_NOT_FOUND" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "IDEMPOTENCY_IN_PROGRESS" | "SESSION_CLOSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_REUSED" | "OTP_RATE_LIMITED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "SMTP_DELIVERY_FAILED" | "SMTP_NOT_CONFIGURED" | "SERVICE_UNAVAILABLE";
        /**
         * `SEND_LIMIT`: too many codes were requested. Wait. `ATTEMPTS_USED_UP`: this session takes no more codes. Send a new one. `GUESS_LIMIT`: too many wrong codes were typed. Wait, because a new code does not help. Codes of 4 or 5 digits have lower limits, so a code of 6 digits may still be sent. `READ_LIMIT`: this credential made too many requests other than sends, or one network made too many with this public token. Wait.
         *
         *     Only server keys learn why an email was not delivered. `RECIPIENT_REFUSED`: the mail server does not accept email for this address. Ask for another address. `RELAY_UNAVAILABLE`: the mail server cannot be reached or is busy. Try again later. `RELAY_MISCONFIGURED`: the operator must fix the connection to the mail server. The server's log says what to fix. `UNKNOWN`: the email may still arrive.
         * @enum {string}
         */
        ErrorReason: "SEND_LIMIT" | "ATTEMPTS_USED_UP" | "GUESS_LIMIT" | "READ_LIMIT" | "RECIPIENT_REFUSED" | "RELAY_UNAVAILABLE" | "RELAY_MISCONFIGURED" | "UNKNOWN";
        ErrorDetail: {
            /**
             * Where the error is: a JSON Pointer (RFC 6901) into the request body, or `/` and the name of a query parameter or header. Empty for the body or the request as a whole.
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
         * The error. It has the same form in every operation.
         */
        ApiError: {
            /**
             * What went wrong, as a stable code for programs.
             */
            code: components["schemas"]["ErrorCode"];
            /**
             * What went wrong, in one sentence for people. The text may change.
             */
            message: string;
            /**
             * The id of the request, the same as the header `X-Request-Id`.
             */
            requestId: string;
            /**
             * One entry for each place that is not valid, at most 20. Present with `VALIDATION_FAILED`.
             */
            details?: components["schemas"]["ErrorDetail"][];
            /**
             * How many seconds to wait. Present with every 409, 429 and 503 if waiting helps. At least 1.
             */
            retryAfterSeconds?: number;
            /**
             * The cause, if one code has several causes. Present with every 429. `SEND_LIMIT`: too many codes were requested. Wait. `ATTEMPTS_USED_UP`: this session takes no more codes. Send a new one. `GUESS_LIMIT`: too many wrong codes were typed. Wait, because a new code does not help. Codes of 4 or 5 digits have lower limits, so a code of 6 digits may still be sent. `READ_LIMIT`: this credential made too many requests other than sends, or one network made too many with this public token. Wait.
             *
             *     Only server keys learn why an email was not delivered. `RECIPIENT_REFUSED`: the mail server does not accept email for this address. Ask for another address. `RELAY_UNAVAILABLE`: the mail server cannot be reached or is busy. Try again later. `RELAY_MISCONFIGURED`: the operator must fix the connection to the mail server. The server's log says what to fix. `UNKNOWN`: the email may still arrive.
             */
            reason?: components["schemas"]["ErrorReason"];
            /**
             * How many more codes can be tried in this session. Present with `INVALID_CODE`, for a server key and for the public token that opened the session. At least 0.
             */
            attemptsLeft?: number;
        };
        /**
         * The body of every error. Each response limits `error.code` to the codes that it can have.
         */
        ErrorResponse: {
            /**
             * False for every error.
             * @constant
             */
            success: false;
            /**
             * What went wrong. The error. It has the same form in every operation.
             */
            error: components["schemas"]["ApiError"];
        };
    };
    responses: {
        /**
         * The code was right, and the session is consumed.
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
         * The request is not valid. `details` says where and why.
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
         * The request is not valid, or the code is malformed or wrong.
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
         * The request is not valid. `details` says where and why.
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
         * The request is not valid. `details` says where and why.
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
         * The session is unknown, was erased, is no longer kept, or belongs to another flow or project.
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
         * Your back end accepted the event. Any 2xx within 15 seconds counts. The body is not read.
         */
        WebhookAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * Your back end did not accept the event, so it is sent again. This is every status other than 2xx, even a redirect. 410 disables the endpoint.
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
         * The credential does not allow this operation, client address, origin or sender.
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
         * The credential does not allow this operation, client address or origin.
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
         * The public token does not allow this client address or origin.
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
         * The session is unknown, expired, verified, canceled or erased, its email could not be sent, or it belongs to another flow or project.
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
         * This `Idempotency-Key` was used for another request within the last 24 hours.
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
         * Too many codes were tried, or too many requests were made. Without `Retry-After`, the attempts of this session are used up: 5, or 3 if the code has 4 or 5 digits. Waiting does not help, so send a new code. With `Retry-After`, wait, because a new code does not help. In that case, too many wrong codes were typed for this recipient, or too many requests were made with this credential. With a public token, the wrong codes may also have come from this network or with this token.
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
         * Too many requests were made with this credential, or from one network with this public token.
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
         * The server failed. The response does not show the cause.
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
         * The SMTP server refused the email, failed or timed out. The send does not count against the limits of its recipient or of a server key. It does count against those of a public token and of the client that used it. If the email may still arrive, the send counts against all limits, and its code can be verified with the session of a newer send.
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
         * No usable SMTP route is configured, or the store is not available right now.
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
         * The store is not available right now (full, locked or unreachable).
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
         * The maximum number of verifications on one page, 1 or more. A number above 100 counts as 100.
         * @example 50
         */
        Limit: number;
        /**
         * Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it out for the first page.
         * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
         */
        Cursor: string;
        /**
         * The id of the session: `data.sessionId` in the response to the send.
         * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * Returns only sessions that were sent with this `reference`.
         * @example signup-4711
         */
        Reference: components["schemas"]["Reference"];
        /**
         * The id of the event, the same as `event_id`. Every delivery of an event has the same id.
         * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
         */
        WebhookId: string;
        /**
         * The time of this delivery, in seconds since the epoch. Refuse a delivery that is older than 5 minutes.
         * @example 1776599124
         */
        WebhookTimestamp: string;
        /**
         * Makes a send safe to repeat. For 24 hours, every send with this credential, the same key and the same request returns the session of the first send, and no second email goes out. Use 1 to 255 visible ASCII characters, such as a UUID. With a public token, each recipient has separate keys: the same key for another recipient counts as another key. While the first send is in progress, a repeat gets 409 and the time to wait. The same key with another request gets 422. If the send definitely failed, you can reuse the key. If the email may still arrive, a repeat gets 502.
         * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * Identifies the request in the server's log. The server keeps the caller's `X-Request-Id` if it has 1 to 64 letters, digits, dots, dashes or underscores, and no part that looks like a credential (`risu_`).
         * @example 01KPJRXTK0V3M8Z5R7W2H4J6PA
         */
        "X-Request-Id": string;
        /**
         * How many seconds to wait, the same as `error.retryAfterSeconds`. Absent if waiting does not help.
         * @example 42
         */
        "Retry-After": number;
        /**
         * The limit of the credential: `q` requests in any `w` seconds (draft-ietf-httpapi-ratelimit-headers). Sends have one limit, and all other requests together have another. Absent if the operator has switched off the limit, in the response to a repeated send, which is not counted, and in a 429 to another request unless its reason is `READ_LIMIT`. The recipient's limit is never shown.
         * @example "credential";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * What is left of the limit in `RateLimit-Policy`: `r` requests are left now, and one more becomes available in `t` seconds (draft-ietf-httpapi-ratelimit-headers). Absent if `RateLimit-Policy` is absent.
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
                 * Makes a send safe to repeat. For 24 hours, every send with this credential, the same key and the same request returns the session of the first send, and no second email goes out. Use 1 to 255 visible ASCII characters, such as a UUID. With a public token, each recipient has separate keys: the same key for another recipient counts as another key. While the first send is in progress, a repeat gets 409 and the time to wait. The same key with another request gets 422. If the send definitely failed, you can reuse the key. If the email may still arrive, a repeat gets 502.
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
             * An SMTP server accepted the email.
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
                 * The maximum number of verifications on one page, 1 or more. A number above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it out for the first page.
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
                 * The id of the session: `data.sessionId` in the response to the send.
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
             * The current state of the session.
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
             * The session has ended, and its code no longer works.
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
                 * Makes a send safe to repeat. For 24 hours, every send with this credential, the same key and the same request returns the session of the first send, and no second email goes out. Use 1 to 255 visible ASCII characters, such as a UUID. With a public token, each recipient has separate keys: the same key for another recipient counts as another key. While the first send is in progress, a repeat gets 409 and the time to wait. The same key with another request gets 422. If the send definitely failed, you can reuse the key. If the email may still arrive, a repeat gets 502.
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
             * An SMTP server accepted the email.
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
                 * The maximum number of verifications on one page, 1 or more. A number above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * Returns only sessions that were sent with this `reference`.
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
                 * The id of the session: `data.sessionId` in the response to the send.
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
             * The current state of the session.
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
             * The session has ended, and its code no longer works.
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
                 * Makes a send safe to repeat. For 24 hours, every send with this credential, the same key and the same request returns the session of the first send, and no second email goes out. Use 1 to 255 visible ASCII characters, such as a UUID. With a public token, each recipient has separate keys: the same key for another recipient counts as another key. While the first send is in progress, a repeat gets 409 and the time to wait. The same key with another request gets 422. If the send definitely failed, you can reuse the key. If the email may still arrive, a repeat gets 502.
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
             * An SMTP server accepted the email.
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
                 * The maximum number of verifications on one page, 1 or more. A number above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * Where the page starts: `data.nextCursor` of the previous page, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * Returns only sessions that were sent with this `reference`.
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
                 * The id of the session: `data.sessionId` in the response to the send.
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
             * The current state of the session.
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
             * The session has ended, and its code no longer works.
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
             * Everything about this mailbox in this project is erased.
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
