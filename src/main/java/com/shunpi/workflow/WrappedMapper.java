package com.shunpi.workflow;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.RestException;

/** In front of the engine's own: some of its addresses wrap what {@link AbsentMapper} answers in a 500. */
public final class WrappedMapper implements ExceptionMapper<RestException> {

    @Override
    public Response toResponse(RestException wrapped) {
        if (wrapped.getCause() instanceof NullValueException absent) {
            return AbsentMapper.answer(absent);
        }
        if (wrapped.getCause() instanceof NotFoundException) {
            return AbsentMapper.answer();
        }
        return ExceptionHandlerHelper.getInstance().getResponse(wrapped);
    }
}
