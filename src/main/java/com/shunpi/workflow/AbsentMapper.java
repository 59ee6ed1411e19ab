package com.shunpi.workflow;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import org.camunda.bpm.engine.exception.NullValueException;

/** The engine answers 500 when what an address names is not there: somebody was faster, or it never was. */
public final class AbsentMapper implements ExceptionMapper<NullValueException> {

    /** As the engine says that an argument is missing, and no more. */
    private static final String NO_ARGUMENT = "\\w+ is null";

    @Override
    public Response toResponse(NullValueException absent) {
        return answer(absent);
    }

    static Response answer(NullValueException absent) {
        return absent.getMessage().matches(NO_ARGUMENT) ? UnreadableMapper.answer() : answer();
    }

    static Response answer() {
        return RefusalMapper.answer(
                404, new RefusalMapper.Refusal("NotFoundException", "没有找到，可能已被他人处理。请刷新后再试。", List.of()));
    }
}
