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
         * @description Mails a code over SMTP inside the request. Takes a public token, or a server key with the scope `server_otp`.
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
         * @description Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
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
         * @description The completed instant verifications of the token's project, newest first. Takes the public token **and** its analytics secret.
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
         * @description What became of one session of this project, and when. Takes a server key with the scope `server_otp`, or the public token **and** its analytics secret. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
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
         * @description Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
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
         * @description Mails a code on behalf of your back end. No public token and no allowlist is involved.
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
         * @description Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
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
         * @description The completed backend verifications of the key's project, newest first.
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
         * @description What became of one session of this project, and when. Takes a server key with the scope `server_otp`. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
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
         * @description Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
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
         * @description Mails a code and answers with the URL of the hosted page where it can be typed.
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
         * @description Counts the attempt, compares the code and consumes the session, all in one step. After a resend, the newer session is verified by the code of the mail before as well, as long as that code lives.
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
         * @description The completed email verifications of the key's project, newest first.
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
         * @description What became of one session of this project, and when. That is how your back end learns that the recipient has typed the code into the hosted page. Takes a server key with the scope `server_otp`. Sessions are kept for `RETENTION`, those that were not verified for `RETENTION_UNVERIFIED`.
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
         * @description Ends an open session: its code is dead at once. Repeat it as you like: a session that has ended otherwise than verified stays as it is, and the answer says how. A verified one is answered with 409.
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
         * @description Erases what this project has of a mailbox, in every spelling of its address: sessions and their history, and webhook events, delivered or not. Codes that are still open are dead at once. What limits still have to count stays, without the address. Repeat it as you like.
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
         * @description The recipient typed the right code, in your form or on the hosted page.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description Its time was over before the right code came.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description The last wrong code that it takes was typed. Send a new code.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description Your back end canceled it.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description No mail server took the mail, so the code reached nobody.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description Sent by `risumail-otp webhooks test`, and never by itself.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same as `event_id`. An event that comes again has the same one.
                     * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
                     */
                    "webhook-id": components["parameters"]["WebhookId"];
                    /**
                     * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
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
         * @description Exactly one address, `local@domain`, without a display name, comment or quoted part; at most 254 octets. The domain may be internationalised, as U-labels or A-labels (RFC 5890); a domain that only maps to another one, such as full-width letters, is not valid.
         * @example user@example.com
         */
        EmailAddress: string;
        /**
         * @description `otp_sess_`, `otp_backend_` or `ev_` and a ULID.
         * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * Format: date-time
         * @description RFC 3339, UTC, with milliseconds.
         * @example 2026-04-19T11:45:00.000Z
         */
        Timestamp: string;
        /**
         * @description Overrides the subject of the mail. 1 to 150 characters, without control and text-direction override characters and without `=?`, which mail programs decode (RFC 2047). With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it.
         * @example Your Acme code
         */
        Subject: string;
        /**
         * @description The instruction line before the code. 1 to 300 characters, without control and text-direction override characters. With a public token it must be plain words, without links, telephone numbers and emoji, and the operator can lock it.
         * @example Type this code to sign in to Acme.
         */
        VerificationLine: string;
        /**
         * @description Overrides the sender: `address` or `Name <address>`, at most 320 characters. The address must be on the credential's list of allowed senders. A name with punctuation stands in quotes. With a public token the name must be plain words, and the operator can lock it.
         * @example login@acme.example
         */
        From: string;
        /**
         * @description How long the code lives, in seconds.
         * @default 600
         * @example 300
         */
        ExpiresInSeconds: number;
        /**
         * @description How many decimal digits the code has. Codes of 4 or 5 digits allow 3 attempts, longer ones 5.
         * @default 6
         * @example 6
         */
        OtpDigits: number;
        /**
         * @description Language of the mail and of the hosted page, as a BCP 47 tag. The nearest of en, de, es, fr, pt, hi and ja is taken (RFC 4647, lookup), else English.
         * @example de-AT
         */
        Locale: string;
        /**
         * Format: uri
         * @description Where the hosted page offers a way back to after success, at most 2000 characters. Its origin must be one of the key's allowed origins.
         * @example https://app.acme.example/welcome
         */
        RedirectUrl: string;
        /**
         * @description Your own id for what the code is for, such as a sign-up or an order: 1 to 128 visible ASCII characters. Status, lists and webhooks say it back; the recipient never sees it. Whoever has a public token can send any, so with one it proves nothing.
         * @example signup-4711
         */
        Reference: string;
        SendRequest: {
            email: components["schemas"]["EmailAddress"];
            subject?: components["schemas"]["Subject"];
            verificationLine?: components["schemas"]["VerificationLine"];
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            otpDigits?: components["schemas"]["OtpDigits"];
            locale?: components["schemas"]["Locale"];
            reference?: components["schemas"]["Reference"];
        };
        SendEmailVerificationRequest: {
            email: components["schemas"]["EmailAddress"];
            subject?: components["schemas"]["Subject"];
            verificationLine?: components["schemas"]["VerificationLine"];
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            otpDigits?: components["schemas"]["OtpDigits"];
            locale?: components["schemas"]["Locale"];
            reference?: components["schemas"]["Reference"];
            redirectUrl?: components["schemas"]["RedirectUrl"];
        };
        SendInstantOtpRequest: {
            email: components["schemas"]["EmailAddress"];
            subject?: components["schemas"]["Subject"];
            verificationLine?: components["schemas"]["VerificationLine"];
            expiresInSeconds?: components["schemas"]["ExpiresInSeconds"];
            otpDigits?: components["schemas"]["OtpDigits"];
            locale?: components["schemas"]["Locale"];
            reference?: components["schemas"]["Reference"];
            from?: components["schemas"]["From"];
        };
        SendResponse: {
            /** @constant */
            success: true;
            data: {
                sessionId: components["schemas"]["SessionId"];
                expiresAt: components["schemas"]["Timestamp"];
                /** @description The recipient, as it was sent. */
                email: string;
                /** @description True only when an SMTP server accepted the mail for exactly this recipient with 250. */
                sent: boolean;
            };
        };
        SendEmailVerificationResponse: {
            /** @constant */
            success: true;
            data: {
                sessionId: components["schemas"]["SessionId"];
                expiresAt: components["schemas"]["Timestamp"];
                /** @description The recipient, as it was sent. */
                email: string;
                /** @description True only when an SMTP server accepted the mail for exactly this recipient with 250. */
                sent: boolean;
                /**
                 * Format: uri
                 * @description The hosted page where the recipient can type the code. Carries the session id and nothing else.
                 */
                hostedVerifyUrl: string;
            };
        };
        VerifyRequest: {
            /**
             * @description `data.sessionId` of the send.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
            /**
             * @description The address given to send. Upper and lower case are not distinguished.
             * @example user@example.com
             */
            email: string;
            /**
             * @description The code as typed: digits of any script. White space, dashes and invisible characters are ignored. A text that cannot be the code of this session, such as letters or too few digits, is answered with INVALID_CODE and costs no attempt.
             * @example 042137
             */
            code: string;
        };
        VerifyResponse: {
            /** @constant */
            success: true;
            data: {
                /** @constant */
                verified: true;
            };
        };
        VerificationsResponse: {
            /** @constant */
            success: true;
            data: {
                verifications: components["schemas"]["Verification"][];
                /** @description Present when there are older verifications; give it back as `cursor`. */
                nextCursor?: string;
            };
        };
        Verification: {
            id: components["schemas"]["SessionId"];
            /** @description The recipient in its one spelling: lower case, the domain as A-labels. However a send wrote an address, here it is always the same text. */
            email: string;
            sentAt: components["schemas"]["Timestamp"];
            verifiedAt: components["schemas"]["Timestamp"];
            reference?: components["schemas"]["Reference"];
        };
        /**
         * @description `PENDING` until the session ends, and then for good: `VERIFIED` by the right code; `EXPIRED` when its time was over; `ATTEMPTS_USED_UP` by wrong codes; `FAILED` when no mail server took the mail; `CANCELED` by your back end.
         * @enum {string}
         */
        SessionStatus: "PENDING" | "VERIFIED" | "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
        /** @description One session as it stands. */
        Session: {
            sessionId: components["schemas"]["SessionId"];
            /** @description The recipient in its one spelling, as in the lists. */
            email: string;
            status: components["schemas"]["SessionStatus"];
            expiresAt: components["schemas"]["Timestamp"];
            /** @description When a mail server took the mail; absent until then, or if none did. */
            sentAt?: components["schemas"]["Timestamp"];
            /** @description When the right code came; absent until then. */
            verifiedAt?: components["schemas"]["Timestamp"];
            /** @description How many codes it still compares; 0 as soon as the session has ended. */
            attemptsLeft: number;
            reference?: components["schemas"]["Reference"];
        };
        SessionEvent: {
            /**
             * @description `DELIVERY_UNKNOWN`: the mail server fell silent, so the mail may have arrived. The others are what they say.
             * @enum {string}
             */
            type: "SENT" | "DELIVERY_FAILED" | "DELIVERY_UNKNOWN" | "WRONG_CODE" | "VERIFIED" | "EXPIRED" | "CANCELED";
            at: components["schemas"]["Timestamp"];
        };
        StatusResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Session"] & {
                /** @description What happened to the session, the oldest first. A wrong code after a resend stands in both sessions. */
                events: components["schemas"]["SessionEvent"][];
            };
        };
        CancelRequest: {
            /**
             * @description `data.sessionId` of the send.
             * @example otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE
             */
            sessionId: string;
        };
        CancelResponse: {
            /** @constant */
            success: true;
            data: {
                sessionId: components["schemas"]["SessionId"];
                /**
                 * @description How the session has ended; `CANCELED`, unless it had ended before.
                 * @enum {string}
                 */
                status: "EXPIRED" | "ATTEMPTS_USED_UP" | "FAILED" | "CANCELED";
            };
        };
        EraseRequest: {
            email: components["schemas"]["EmailAddress"];
        };
        EraseResponse: {
            /** @constant */
            success: true;
            data: {
                /** @description How many sessions were erased. */
                sessions: number;
                /** @description How many webhook events were erased. Those that were not delivered yet are not delivered. */
                webhookEvents: number;
            };
        };
        /**
         * @description The same for every delivery of the event. Remember it, and handle each event once.
         * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
         */
        EventId: string;
        VerificationCompletedEvent: {
            /** @constant */
            type: "verification.completed";
            event_id: components["schemas"]["EventId"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            data: components["schemas"]["Session"];
        };
        VerificationExpiredEvent: {
            /** @constant */
            type: "verification.expired";
            event_id: components["schemas"]["EventId"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            data: components["schemas"]["Session"];
        };
        VerificationAttemptsUsedUpEvent: {
            /** @constant */
            type: "verification.attempts_used_up";
            event_id: components["schemas"]["EventId"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            data: components["schemas"]["Session"];
        };
        VerificationCanceledEvent: {
            /** @constant */
            type: "verification.canceled";
            event_id: components["schemas"]["EventId"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            data: components["schemas"]["Session"];
        };
        DeliveryFailedEvent: {
            /** @constant */
            type: "delivery.failed";
            event_id: components["schemas"]["EventId"];
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            data: components["schemas"]["Session"];
        };
        WebhookTestEvent: {
            /** @constant */
            type: "webhook.test";
            event_id: components["schemas"]["EventId"];
            /** @description When it was sent. */
            timestamp: components["schemas"]["Timestamp"];
            data: {
                /** @description The endpoint that is tested. */
                endpointId: string;
            };
        };
        /**
         * @description What happened, stable and made for programs.
         * @enum {string}
         */
        ErrorCode: "VALIDATION_FAILED" | "INVALID_CODE" | "UNAUTHORIZED" | "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED" | "FROM_NOT_ALLOWED" | "SESSION_NOT_FOUND" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "IDEMPOTENCY_IN_PROGRESS" | "SESSION_CLOSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_REUSED" | "OTP_RATE_LIMITED" | "RATE_LIMITED" | "INTERNAL_ERROR" | "SMTP_DELIVERY_FAILED" | "SMTP_NOT_CONFIGURED" | "SERVICE_UNAVAILABLE";
        ErrorDetail: {
            /**
             * @description JSON Pointer (RFC 6901) into the request body, or `/` and the name of a query parameter or header. Empty for the body as a whole.
             * @example /email
             */
            path: string;
            /**
             * @description What is wrong there.
             * @example must be exactly one email address
             */
            message: string;
        };
        /** @description The same in every error of every operation. */
        Error: {
            code: components["schemas"]["ErrorCode"];
            /** @description One sentence for people, free to change. */
            message: string;
            /** @description The same as the header `X-Request-Id`. */
            requestId: string;
            /** @description Comes with `VALIDATION_FAILED`, one entry for each place. */
            details?: components["schemas"]["ErrorDetail"][];
            /** @description Seconds to wait, with every 409, 429 and 503 that a wait can cure. */
            retryAfterSeconds?: number;
        };
        ValidationFailed: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                details: components["schemas"]["ErrorDetail"][];
                /** @constant */
                code?: "VALIDATION_FAILED";
            };
        };
        InvalidCode: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "INVALID_CODE";
            };
        };
        Unauthorized: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "UNAUTHORIZED";
            };
        };
        ScopeRequired: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "SCOPE_REQUIRED";
            };
        };
        InstantSendForbidden: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @enum {string} */
                code?: "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED" | "FROM_NOT_ALLOWED";
            };
        };
        InstantVerifyForbidden: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @enum {string} */
                code?: "SCOPE_REQUIRED" | "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED";
            };
        };
        InstantListForbidden: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @enum {string} */
                code?: "OTP_PUBLIC_IP_NOT_ALLOWED" | "ORIGIN_NOT_ALLOWED";
            };
        };
        SessionNotFound: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "SESSION_NOT_FOUND";
            };
        };
        SessionClosed: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "SESSION_CLOSED";
            };
        };
        PayloadTooLarge: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "PAYLOAD_TOO_LARGE";
            };
        };
        UnsupportedMediaType: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "UNSUPPORTED_MEDIA_TYPE";
            };
        };
        IdempotencyInProgress: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                retryAfterSeconds: number;
                /** @constant */
                code?: "IDEMPOTENCY_IN_PROGRESS";
            };
        };
        IdempotencyKeyReused: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "IDEMPOTENCY_KEY_REUSED";
            };
        };
        OtpRateLimited: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                retryAfterSeconds: number;
                /** @constant */
                code?: "OTP_RATE_LIMITED";
            };
        };
        SendRateLimited: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                retryAfterSeconds: number;
                /** @constant */
                code?: "RATE_LIMITED";
            };
        };
        ListRateLimited: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                retryAfterSeconds: number;
                /** @constant */
                code?: "RATE_LIMITED";
            };
        };
        VerifyRateLimited: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "RATE_LIMITED";
            };
        };
        InternalError: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "INTERNAL_ERROR";
            };
        };
        SmtpDeliveryFailed: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "SMTP_DELIVERY_FAILED";
            };
        };
        SmtpNotConfigured: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                /** @constant */
                code?: "SMTP_NOT_CONFIGURED";
            };
        };
        ServiceUnavailable: {
            /** @constant */
            success: false;
            error: components["schemas"]["Error"] & {
                retryAfterSeconds: number;
                /** @constant */
                code?: "SERVICE_UNAVAILABLE";
            };
        };
    };
    responses: {
        /** @description The code was right; the session is consumed. */
        Verified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VerifyResponse"];
            };
        };
        /** @description The request breaks the schema; `details` names each place. */
        InvalidSend: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationFailed"];
            };
        };
        /** @description The request breaks the schema, or the code is malformed or wrong. */
        InvalidVerify: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationFailed"] | components["schemas"]["InvalidCode"];
            };
        };
        /** @description The request breaks the schema; `details` names each place. */
        InvalidList: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationFailed"];
            };
        };
        /** @description The request breaks the schema; `details` names each place. */
        InvalidSessionRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationFailed"];
            };
        };
        /** @description The session is unknown or no longer kept, was erased, or belongs to another flow or project. */
        SessionNotKept: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionNotFound"];
            };
        };
        /** @description The session is verified, so there is nothing left to cancel. Waiting does not help. */
        SessionClosed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionClosed"];
            };
        };
        /** @description Any 2xx within 15 seconds says that you have the event. The body is not read. */
        WebhookAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Any other status is a failure, a redirect too, and the event comes again. 410 disables the endpoint. */
        WebhookRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A credential is missing, unknown, expired or revoked. */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Unauthorized"];
            };
        };
        /** @description The key lacks the scope `server_otp`, or the credential is of the wrong kind. */
        ScopeRequired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ScopeRequired"];
            };
        };
        /** @description The credential does not open this operation from here, or not with this sender. */
        InstantSendForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InstantSendForbidden"];
            };
        };
        /** @description The credential does not open this operation from here. */
        InstantVerifyForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InstantVerifyForbidden"];
            };
        };
        /** @description The public token does not open this operation from here. */
        InstantListForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InstantListForbidden"];
            };
        };
        /** @description The session is unknown, expired or consumed, or belongs to another flow or project. */
        SessionNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SessionNotFound"];
            };
        };
        /** @description The request body is larger than 16 KiB. */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PayloadTooLarge"];
            };
        };
        /** @description The request body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnsupportedMediaType"];
            };
        };
        /** @description A send with this `Idempotency-Key` is still under way. */
        IdempotencyInProgress: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdempotencyInProgress"];
            };
        };
        /** @description This `Idempotency-Key` came with another request within the last 24 hours. */
        IdempotencyKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdempotencyKeyReused"];
            };
        };
        /** @description A send limit is reached. */
        InstantSendLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OtpRateLimited"];
            };
        };
        /** @description A send limit is reached. */
        SendLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SendRateLimited"];
            };
        };
        /** @description Without `Retry-After`, the attempts of this session are used up: 5, or 3 when the code has 4 or 5 digits. Waiting does not help; send a new code. With `Retry-After`, wait; a new code does not help. Then too many wrong codes were typed for this recipient or, with a public token, from this network or with this token; or too many requests came with this credential. */
        VerifyLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VerifyRateLimited"];
            };
        };
        /** @description Too many requests came with this credential. */
        ListLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ListRateLimited"];
            };
        };
        /** @description Our fault; nothing of the cause is shown. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalError"];
            };
        };
        /** @description The SMTP server refused, failed or timed out. The send does not count for its recipient, nor for a server key. It counts for a public token and whoever used it. If its mail may still arrive, it counts for everyone, and its code can be verified with the session of a newer send. */
        DeliveryFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SmtpDeliveryFailed"];
            };
        };
        /** @description No usable SMTP route is configured, or the store cannot serve now. */
        SendUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SmtpNotConfigured"] | components["schemas"]["ServiceUnavailable"];
            };
        };
        /** @description The store cannot serve now (full, locked or away). */
        ServiceUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceUnavailable"];
            };
        };
    };
    parameters: {
        /**
         * @description How many verifications one page may hold, 1 or more; above 100 counts as 100.
         * @example 50
         */
        Limit: number;
        /**
         * @description `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
         * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
         */
        Cursor: string;
        /**
         * @description `data.sessionId` of the send.
         * @example ev_01KPJRXTK0Q4T7V9X2B5N6C1DE
         */
        SessionId: string;
        /**
         * @description Only sessions that were sent with this `reference`.
         * @example signup-4711
         */
        Reference: components["schemas"]["Reference"];
        /**
         * @description The same as `event_id`. An event that comes again has the same one.
         * @example evt_01KPJRXTK0X7M2Z5R7W2H4J6PB
         */
        WebhookId: string;
        /**
         * @description When this delivery was made, in seconds since the epoch. Refuse one that is older than 5 minutes.
         * @example 1776599124
         */
        WebhookTimestamp: string;
        /**
         * @description Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
         * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Identifies the request in the server's log. A caller's own `X-Request-Id` is kept if it is 1 to 64 letters, digits, dots, dashes or underscores.
         * @example 01KPJRXTK0V3M8Z5R7W2H4J6PA
         */
        "X-Request-Id": string;
        /**
         * @description Seconds to wait, the same as `error.retryAfterSeconds`; absent when waiting does not help.
         * @example 42
         */
        "Retry-After": number;
        /**
         * @description The limit of the credential: `q` sends, or other requests together, in any `w` seconds (draft-ietf-httpapi-ratelimit-headers). Absent when the operator has switched it off, and on the answer to a repeat, which counts nothing. The limit of the recipient is told to nobody.
         * @example "credential";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description What is left of `RateLimit-Policy`: `r` more now, and `t` seconds until there is room for one more than that (draft-ietf-httpapi-ratelimit-headers). Absent where `RateLimit-Policy` is.
         * @example "credential";r=599;t=60
         */
        RateLimit: string;
        /**
         * @description The authentication scheme that the operation expects (RFC 9110, section 11.6.1).
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
export type SendRequest = components['schemas']['SendRequest'];
export type SendEmailVerificationRequest = components['schemas']['SendEmailVerificationRequest'];
export type SendInstantOtpRequest = components['schemas']['SendInstantOtpRequest'];
export type SendResponse = components['schemas']['SendResponse'];
export type SendEmailVerificationResponse = components['schemas']['SendEmailVerificationResponse'];
export type VerifyRequest = components['schemas']['VerifyRequest'];
export type VerifyResponse = components['schemas']['VerifyResponse'];
export type VerificationsResponse = components['schemas']['VerificationsResponse'];
export type Verification = components['schemas']['Verification'];
export type SessionStatus = components['schemas']['SessionStatus'];
export type Session = components['schemas']['Session'];
export type SessionEvent = components['schemas']['SessionEvent'];
export type StatusResponse = components['schemas']['StatusResponse'];
export type CancelRequest = components['schemas']['CancelRequest'];
export type CancelResponse = components['schemas']['CancelResponse'];
export type EraseRequest = components['schemas']['EraseRequest'];
export type EraseResponse = components['schemas']['EraseResponse'];
export type EventId = components['schemas']['EventId'];
export type VerificationCompletedEvent = components['schemas']['VerificationCompletedEvent'];
export type VerificationExpiredEvent = components['schemas']['VerificationExpiredEvent'];
export type VerificationAttemptsUsedUpEvent = components['schemas']['VerificationAttemptsUsedUpEvent'];
export type VerificationCanceledEvent = components['schemas']['VerificationCanceledEvent'];
export type DeliveryFailedEvent = components['schemas']['DeliveryFailedEvent'];
export type WebhookTestEvent = components['schemas']['WebhookTestEvent'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ErrorDetail = components['schemas']['ErrorDetail'];
export type Error = components['schemas']['Error'];
export type ValidationFailed = components['schemas']['ValidationFailed'];
export type InvalidCode = components['schemas']['InvalidCode'];
export type Unauthorized = components['schemas']['Unauthorized'];
export type ScopeRequired = components['schemas']['ScopeRequired'];
export type InstantSendForbidden = components['schemas']['InstantSendForbidden'];
export type InstantVerifyForbidden = components['schemas']['InstantVerifyForbidden'];
export type InstantListForbidden = components['schemas']['InstantListForbidden'];
export type SessionNotFound = components['schemas']['SessionNotFound'];
export type SessionClosed = components['schemas']['SessionClosed'];
export type PayloadTooLarge = components['schemas']['PayloadTooLarge'];
export type UnsupportedMediaType = components['schemas']['UnsupportedMediaType'];
export type IdempotencyInProgress = components['schemas']['IdempotencyInProgress'];
export type IdempotencyKeyReused = components['schemas']['IdempotencyKeyReused'];
export type OtpRateLimited = components['schemas']['OtpRateLimited'];
export type SendRateLimited = components['schemas']['SendRateLimited'];
export type ListRateLimited = components['schemas']['ListRateLimited'];
export type VerifyRateLimited = components['schemas']['VerifyRateLimited'];
export type InternalError = components['schemas']['InternalError'];
export type SmtpDeliveryFailed = components['schemas']['SmtpDeliveryFailed'];
export type SmtpNotConfigured = components['schemas']['SmtpNotConfigured'];
export type ServiceUnavailable = components['schemas']['ServiceUnavailable'];
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
                 * @description Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendInstantOtpRequest"];
            };
        };
        responses: {
            /** @description An SMTP server accepted the mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendResponse"];
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
                "application/json": components["schemas"]["VerifyRequest"];
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
                 * @description How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
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
            /** @description One page of completed verifications. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationsResponse"];
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
                 * @description `data.sessionId` of the send.
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
            /** @description The session as it stands now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusResponse"];
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
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description The code of this session verifies nothing any more. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelResponse"];
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
                 * @description Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            /** @description An SMTP server accepted the mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendResponse"];
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
                "application/json": components["schemas"]["VerifyRequest"];
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
                 * @description How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * @description Only sessions that were sent with this `reference`.
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
            /** @description One page of completed verifications. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationsResponse"];
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
                 * @description `data.sessionId` of the send.
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
            /** @description The session as it stands now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusResponse"];
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
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description The code of this session verifies nothing any more. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelResponse"];
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
                 * @description Makes a send safe to repeat: for 24 hours, every send of this credential with the same key and the same request is answered with the session of the first, and no second mail goes out. 1 to 255 visible ASCII characters; a UUID is a good one. With a public token, the key belongs to the recipient: the same key for another recipient is another key. While the first is under way, a repeat is answered with 409 and the time to wait; with another request, with 422. A send that failed for certain gives its key back; one of which nobody knows whether its mail may still arrive stays a 502.
                 * @example 7d1c9a52-3c1f-4a52-9d6b-0f6a9a3f8f0e
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendEmailVerificationRequest"];
            };
        };
        responses: {
            /** @description An SMTP server accepted the mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendEmailVerificationResponse"];
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
                "application/json": components["schemas"]["VerifyRequest"];
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
                 * @description How many verifications one page may hold, 1 or more; above 100 counts as 100.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description `data.nextCursor` of the page before, unchanged. Leave it out for the first page.
                 * @example MTc3NjU5OTEyNDAwMC5vdHBfc2Vzc18wMUtQSlJYVEswUTRUN1Y5WDJCNU42QzFERQ
                 */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * @description Only sessions that were sent with this `reference`.
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
            /** @description One page of completed verifications. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationsResponse"];
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
                 * @description `data.sessionId` of the send.
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
            /** @description The session as it stands now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusResponse"];
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
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description The code of this session verifies nothing any more. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelResponse"];
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
                "application/json": components["schemas"]["EraseRequest"];
            };
        };
        responses: {
            /** @description Nothing is left of this mailbox in this project. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseResponse"];
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
export const cancelResponseDataStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["CancelResponse"]["data"]["status"]> = ["EXPIRED", "ATTEMPTS_USED_UP", "FAILED", "CANCELED"];
export const errorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ErrorCode"]> = ["VALIDATION_FAILED", "INVALID_CODE", "UNAUTHORIZED", "SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED", "FROM_NOT_ALLOWED", "SESSION_NOT_FOUND", "NOT_FOUND", "METHOD_NOT_ALLOWED", "IDEMPOTENCY_IN_PROGRESS", "SESSION_CLOSED", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "IDEMPOTENCY_KEY_REUSED", "OTP_RATE_LIMITED", "RATE_LIMITED", "INTERNAL_ERROR", "SMTP_DELIVERY_FAILED", "SMTP_NOT_CONFIGURED", "SERVICE_UNAVAILABLE"];
export const instantSendForbiddenErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["InstantSendForbidden"]["error"]["code"]> = ["SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED", "FROM_NOT_ALLOWED"];
export const instantVerifyForbiddenErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["InstantVerifyForbidden"]["error"]["code"]> = ["SCOPE_REQUIRED", "OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED"];
export const instantListForbiddenErrorCodeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["InstantListForbidden"]["error"]["code"]> = ["OTP_PUBLIC_IP_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED"];
