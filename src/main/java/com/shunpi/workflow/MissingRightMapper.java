package com.shunpi.workflow;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;

/** The engine's own refusal lists permissions in English; people get a sentence. */
public final class MissingRightMapper implements ExceptionMapper<AuthorizationException> {

    @Override
    public Response toResponse(AuthorizationException refusal) {
        return RefusalMapper.answer(
                403, new RefusalMapper.Refusal("AuthorizationException", "您没有执行此操作的权限。", List.of()));
    }
}
