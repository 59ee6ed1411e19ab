package com.shunpi.workflow;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.regex.Pattern;

/** Cases of CMMN are switched off and have no tables, so the engine answers 500 to whoever asks for one. */
@PreMatching
public final class NoCasesFilter implements ContainerRequestFilter {

    /** The list of their definitions and its count are there, and empty; the web applications ask for them. */
    private static final Pattern CASES = Pattern.compile("(engine/[^/]+/)?(history/)?"
            + "(case-(activity-instance|execution|instance)(/.*)?|case-definition/(?!count$).*)");

    @Override
    public void filter(ContainerRequestContext request) {
        if (CASES.matcher(request.getUriInfo().getPath()).matches()) {
            request.abortWith(RefusalMapper.answer(
                    404, new RefusalMapper.Refusal("NotFoundException", "没有启用案例管理（CMMN）。", List.of())));
        }
    }
}
