package com.shunpi.workflow;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine answers 500 to some values that it cannot read, such as a file without a name; they are the caller's fault. */
public final class UnreadableMapper implements ExceptionMapper<IllegalArgumentException> {

    private static final Logger log = LoggerFactory.getLogger(UnreadableMapper.class);

    @Override
    public Response toResponse(IllegalArgumentException e) {
        // by its type alone: the message quotes what was sent
        log.warn(
                "A call of the engine's REST API could not be read: {}",
                e.getClass().getName());
        log.debug("What could not be read", e);
        return RefusalMapper.answer(400, new RefusalMapper.Refusal("InvalidRequestException", "请求内容无法识别。", List.of()));
    }
}
