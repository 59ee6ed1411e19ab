package com.shunpi.attachment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What may be kept, told by the first bytes of the content and never by the name: an .exe named .jpg is none of these. */
enum FileKind {
    JPEG("image/jpeg", 0, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}),
    PNG("image/png", 0, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
    GIF("image/gif", 0, ascii("GIF8")),
    WEBP("image/webp", 8, ascii("WEBP")),
    PDF("application/pdf", 0, ascii("%PDF-")),
    MP4("video/mp4", 4, ascii("ftyp"));

    static final String NAMES = "JPG、PNG、GIF、WebP、PDF、MP4";

    private final String contentType;
    private final int offset;
    private final byte[] magic;

    FileKind(String contentType, int offset, byte[] magic) {
        this.contentType = contentType;
        this.offset = offset;
        this.magic = magic;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String contentType() {
        return contentType;
    }

    static Optional<FileKind> of(byte[] content) {
        return Arrays.stream(values())
                .filter(kind -> content.length >= kind.offset + kind.magic.length
                        && Arrays.equals(
                                content,
                                kind.offset,
                                kind.offset + kind.magic.length,
                                kind.magic,
                                0,
                                kind.magic.length))
                .findFirst();
    }
}
