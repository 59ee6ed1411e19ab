package com.shunpi.notification;

import java.util.Collection;
import java.util.Set;

/** Where mails are put. Nothing here talks to a mail server, so nothing here can fail because of one (A7). */
public interface Outbox {

    /**
     * Tells one address. Written in the caller's transaction; a second notice of the same event to the same address is
     * left out. A null or blank address is recorded as undeliverable, so that somebody sees it.
     */
    void tell(String address, Notice notice);

    /** Tells everybody in a group. */
    void tellGroup(String group, Notice notice);

    /**
     * Takes back what has not been sent yet of these events (C6); what a worker is sending at this moment may still go out.
     *
     * @return the events of which something was taken back
     */
    Set<String> withdraw(Collection<String> events);
}
