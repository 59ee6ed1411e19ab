package com.shunpi.workflow;

import org.springframework.stereotype.Component;

/** A bean that nobody may reach from a query. Public, or no expression could call it and the test proved nothing. */
@Component
public class Detonator {

    private boolean fired;

    public String fire() {
        fired = true;
        return "boom";
    }

    public boolean hasFired() {
        return fired;
    }

    public void reset() {
        fired = false;
    }
}
