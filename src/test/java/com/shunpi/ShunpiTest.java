package com.shunpi;

import com.shunpi.notification.SwitchableMailServer;
import com.shunpi.order.OrderDesk;
import com.shunpi.verification.VerificationDesk;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test on the whole application: every such test shares one Spring context, one database and the {@link MutableClock}.
 * Background workers stand still; a test runs them when it wants them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("integration")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(ClockReset.class)
@AutoConfigureMockMvc
@ActiveProfiles("test")
@Import({TestSupport.class, OrderDesk.class, SwitchableMailServer.class, VerificationDesk.class})
public @interface ShunpiTest {}
