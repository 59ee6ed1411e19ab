package com.shunpi.workflow;

import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says once where the application is and, in the demo company, with which accounts one gets in. */
@Component
class Greeting {

    private static final Logger log = LoggerFactory.getLogger(Greeting.class);

    private final IdentitySeed identitySeed;

    Greeting(IdentitySeed identitySeed) {
        this.identitySeed = identitySeed;
    }

    @EventListener
    void greet(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null
                && server.getWebServer().getPort() > 0) {
            String line = System.lineSeparator();
            String accounts = identitySeed.demoAccounts().entrySet().stream()
                    .map(role -> "    " + role.getKey() + "：" + String.join("、", role.getValue()))
                    .collect(Collectors.joining(line));
            log.info(
                    "{}顺批已启动：http://localhost:{}{}{}",
                    line,
                    server.getWebServer().getPort(),
                    line,
                    accounts.isEmpty() ? "" : "演示账号（密码均为 " + IdentitySeed.DEMO_PASSWORD + "）：" + line + accounts);
        }
    }
}
