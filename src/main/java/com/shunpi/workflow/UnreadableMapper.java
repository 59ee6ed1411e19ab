package com.shunpi.workflow;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine answers 500 to some values that it cannot read, such as a file without a name, and to some that are missing. They are
 * the caller's fault.
 */
public final class UnreadableMapper implements ExceptionMapper<RuntimeException> {

    /** Where what was sent is read, before anything is done with it. */
    private static final String READING = "org.camunda.bpm.engine.rest.";

    private static final Logger log = LoggerFactory.getLogger(UnreadableMapper.class);

    @Override
    public Response toResponse(RuntimeException e) {
        if (!(e instanceof IllegalArgumentException) && !isMissingField(e)) {
            return ExceptionHandlerHelper.getInstance().getResponse(e);
        }
        // by its type alone: the message quotes what was sent
        log.warn(
                "A call of the engine's REST API could not be read: {}",
                e.getClass().getName());
        log.debug("What could not be read", e);
        return answer();
    }

    private static boolean isMissingField(RuntimeException e) {
        StackTraceElement[] stack = e.getStackTrace();
        return e instanceof NullPointerException
                && stack.length > 0
                && stack[0].getClassName().startsWith(READING);
    }

    static Response answer() {
        return RefusalMapper.answer(400, new RefusalMapper.Refusal("InvalidRequestException", "请求内容无法识别。", List.of()));
    }
}
