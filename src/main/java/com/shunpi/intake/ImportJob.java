package com.shunpi.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * An import that runs in the background.
 *
 * @param owner the user who started it; nobody else may see it
 * @param total rows or documents in the file; 0 until it has been read
 * @param done how many of them are through
 * @param message why the file as a whole could not be taken; null otherwise
 * @param touchedAt when it last made progress
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportJob(
        String id,
        String kind,
        @JsonIgnore String owner,
        String fileName,
        State state,
        int total,
        int done,
        int accepted,
        int duplicates,
        int rejected,
        String message,
        @JsonIgnore Instant touchedAt) {

    enum State {
        QUEUED,
        RUNNING,
        DONE,
        /** The file as a whole could not be taken. */
        FAILED,
        /** The server stopped while it ran; what had been taken is kept. */
        INTERRUPTED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    private static final Duration SILENCE = Duration.ofMinutes(5);

    boolean isOver() {
        return state != State.QUEUED && state != State.RUNNING;
    }

    /** The job as it is to be shown: one that has been silent for long died with its server. */
    ImportJob at(Instant now) {
        if (isOver() || touchedAt.plus(SILENCE).isAfter(now)) {
            return this;
        }
        return new ImportJob(
                id,
                kind,
                owner,
                fileName,
                State.INTERRUPTED,
                total,
                done,
                accepted,
                duplicates,
                rejected,
                "服务器重新启动，导入中断。已导入的行已保存，请重新上传同一文件，已有的会显示为重复。",
                touchedAt);
    }
}
