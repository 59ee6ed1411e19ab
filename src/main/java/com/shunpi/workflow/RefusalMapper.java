package com.shunpi.workflow;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;

/** A refusal of ours in the engine's REST API: {@code message} is what Tasklist shows, the rest is our problem detail. */
public final class RefusalMapper implements ExceptionMapper<RefusedException> {

    @Override
    public Response toResponse(RefusedException refusal) {
        int status =
                switch (refusal.kind()) {
                    case INVALID -> 400;
                    case FORBIDDEN -> 403;
                    case NOT_FOUND -> 404;
                    case CONFLICT -> 409;
                    case UNAVAILABLE -> 503;
                };
        return answer(status, new Refusal("RefusedException", refusal.getMessage(), refusal.faults()));
    }

    static Response answer(int status, Refusal refusal) {
        return Response.status(status)
                .entity(refusal)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The engine's own shape of an error, with our faults. */
    public record Refusal(String type, String message, List<Fault> faults) {}
}
