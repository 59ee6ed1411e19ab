package com.shunpi.shared;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request or a decision that a rule forbids. The caller's transaction rolls back and the user reads the message; over
 * HTTP it is a problem detail with one entry per fault.
 */
public final class RefusedException extends RuntimeException {

    /** Why it was refused: decides the HTTP status alone, never the text. */
    public enum Kind {
        /** What was sent cannot be read or misses something (400). */
        INVALID,
        /** The caller may not do this (403). */
        FORBIDDEN,
        /** There is no such document (404). */
        NOT_FOUND,
        /** The document is in a state that does not allow it, or somebody else was first (409). */
        CONFLICT,
        /** The database is away: nobody knows at this moment whether it was done (503). */
        UNAVAILABLE
    }

    private static final String AWAY = "数据库暂时不可用，刚才的操作可能没有完成。请稍后刷新，核对后再办。";

    private final Kind kind;
    private final List<Fault> faults;

    private RefusedException(Kind kind, String message, List<Fault> faults) {
        super(PlainText.wellFormed(message));
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    public static RefusedException invalid(String field, String message) {
        return invalid(List.of(Fault.of(field, message)));
    }

    public static RefusedException invalid(List<Fault> faults) {
        String text = faults.stream().map(Fault::message).collect(Collectors.joining("；"));
        return new RefusedException(Kind.INVALID, text, faults);
    }

    public static RefusedException forbidden(String message) {
        return new RefusedException(Kind.FORBIDDEN, message, List.of());
    }

    public static RefusedException notFound(String message) {
        return new RefusedException(Kind.NOT_FOUND, message, List.of());
    }

    public static RefusedException conflict(String message) {
        return new RefusedException(Kind.CONFLICT, message, List.of());
    }

    public static RefusedException conflict(String message, List<Fault> differences) {
        return new RefusedException(Kind.CONFLICT, message, differences);
    }

    /** For a fault that {@link DatabaseAway} recognises. */
    public static RefusedException unavailable() {
        return new RefusedException(Kind.UNAVAILABLE, AWAY, List.of());
    }

    public Kind kind() {
        return kind;
    }

    public List<Fault> faults() {
        return faults;
    }
}
