package com.shunpi.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.Optional;

/** Tells one usable mail address from anything else that may stand in a customer's record. */
final class MailAddress {

    private static final int MAX_LENGTH = 254;

    private MailAddress() {}

    /** The bare address in lower case, so that one person is one recipient; empty when it is none. */
    static Optional<String> of(String typed) {
        if (typed == null) {
            return Optional.empty();
        }
        String address = typed.strip();
        boolean plain = address.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!plain || address.isEmpty() || address.length() > MAX_LENGTH || address.indexOf('@') < 0) {
            return Optional.empty();
        }
        try {
            InternetAddress parsed = new InternetAddress(address, true);
            // a name or a group around the address is not an address
            return parsed.getAddress().equals(address)
                    ? Optional.of(address.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
