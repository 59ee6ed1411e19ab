package com.shunpi.workflow;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is asking: what a page needs to know to offer what its reader can use. Decides nothing. */
@RestController
@Tag(name = "账号")
class MeController {

    record Me(String userId, String name, Set<String> groups) {}

    private final CurrentActor actor;
    private final Directory directory;

    MeController(CurrentActor actor, Directory directory) {
        this.actor = actor;
        this.directory = directory;
    }

    @GetMapping("/api/me")
    @Operation(summary = "当前登录人和所属部门")
    Me me() {
        return new Me(actor.id(), directory.nameOf(actor.id()), new TreeSet<>(actor.groups()));
    }
}
