package com.shunpi.shared;

import java.util.Optional;

/** What may stand in a text that somebody sent: any script, no character that cannot be seen. */
public final class PlainText {

    private PlainText() {}

    /** The text without blanks around it, the wide and the non-breaking ones included; null when nothing is left. */
    public static String trimmed(String text) {
        if (text == null) {
            return null;
        }
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return start == end ? null : text.substring(start, end);
    }

    /**
     * What is wrong with a text, in Chinese; empty when nothing is.
     *
     * @param text null is fine
     * @param max characters allowed
     */
    public static Optional<String> fault(String text, int max) {
        return fault(text, max, false);
    }

    /** As {@link #fault(String, int)}, for a text that may run over several lines. */
    public static Optional<String> faultInLines(String text, int max) {
        return fault(text, max, true);
    }

    /**
     * Whether a text holds what no text of a person does, whatever it is for: control characters (a database refuses NUL),
     * halves of a character (no answer can be written with one), and marks that turn the direction of writing, which make a
     * payee read otherwise than he is stored. Line breaks and tabs are fine.
     *
     * @param text null is fine
     */
    public static boolean isForged(String text) {
        return text != null && text.codePoints().anyMatch(PlainText::isForged);
    }

    private static boolean isForged(int c) {
        boolean turnsWriting = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean noCharacter = (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\r' && c != '\t';
            case Character.SURROGATE -> true;
            default -> turnsWriting || noCharacter;
        };
    }

    /** At most so many characters, the last one an ellipsis when something was cut off; no character is cut in two. */
    public static String shorten(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    /** The text with U+FFFD for each half of a character, so that it can be written; null stays null. */
    static String wellFormed(String text) {
        if (text == null || text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static Optional<String> fault(String text, int max, boolean lines) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > max) {
            return Optional.of("不能超过 " + max + " 个字符，现有 " + text.length() + " 个");
        }
        return text.codePoints()
                .filter(c -> !isVisible(c) && !(lines && (c == '\n' || c == '\r' || c == '\t')))
                .mapToObj(PlainText::name)
                .findFirst();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != 0xFFFD;
        };
    }

    private static String name(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return "不能换行，也不能含制表符";
        }
        if (c == 0xFFFD) {
            return "含有无法显示的字符（U+FFFD），可能是编码有误";
        }
        return "含有不可见的控制字符（U+%04X）".formatted(c);
    }
}
