package com.shunpi.spreadsheet;

import com.shunpi.shared.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.web.multipart.MultipartFile;

/**
 * A file somebody sent.
 *
 * @param fileName as his computer calls it, only to be shown; may be empty
 * @param content its bytes; nobody changes them
 */
public record Upload(String fileName, byte[] content) {

    /** 20 MB, the same as {@code spring.servlet.multipart.max-file-size}. */
    public static final int MAX_BYTES = 20 * 1024 * 1024;

    public Upload {
        if (content.length == 0) {
            throw RefusedException.invalid("file", "文件是空的。");
        }
        if (content.length > MAX_BYTES) {
            throw RefusedException.invalid("file", "文件太大，请不要超过 20 MB。");
        }
        fileName = fileName == null ? "" : fileName;
    }

    public static Upload of(MultipartFile file) {
        try {
            return new Upload(file.getOriginalFilename(), file.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
