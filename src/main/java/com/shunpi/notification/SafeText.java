package com.shunpi.notification;

import com.shunpi.shared.PlainText;
import java.util.regex.Pattern;

/** Makes one line of what other people typed, so that it can forge neither a header nor a paragraph of a mail. */
final class SafeText {

    /** Control characters, line separators, and the marks that reverse the direction of writing. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    private SafeText() {}

    static String oneLine(String text) {
        return UNSAFE.matcher(text).replaceAll(" ").strip();
    }

    static String oneLine(String text, int maxLength) {
        return shorten(oneLine(text), maxLength);
    }

    static String shorten(String text, int maxLength) {
        return PlainText.shorten(text, maxLength);
    }
}
