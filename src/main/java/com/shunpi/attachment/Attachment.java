package com.shunpi.attachment;

import java.time.Instant;

/**
 * A file without its content.
 *
 * @param caseNumber null while no case has taken it over
 * @param sha256 digest of the content, hexadecimal
 */
public record Attachment(
        String id,
        String caseNumber,
        String fileName,
        String contentType,
        int byteCount,
        String sha256,
        String uploadedBy,
        Instant uploadedAt) {}
