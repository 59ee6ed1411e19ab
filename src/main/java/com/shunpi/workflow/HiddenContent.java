package com.shunpi.workflow;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What every answer of ours asks before it shows amounts, prices or records of a document (V2). */
@Component
public class HiddenContent {

    private final ObjectProvider<HiddenDocuments> sources;
    private final CurrentActor actor;

    HiddenContent(ObjectProvider<HiddenDocuments> sources, CurrentActor actor) {
        this.sources = sources;
        this.actor = actor;
    }

    /** Those of the documents or cases whose values the caller may not read now. */
    public Set<String> among(Collection<String> numbers) {
        return among(numbers, actor.id(), actor.groups());
    }

    public boolean includes(String number) {
        return !among(List.of(number)).isEmpty();
    }

    Set<String> among(Collection<String> numbers, String userId, Collection<String> groups) {
        return numbers.isEmpty()
                ? Set.of()
                : sources.stream()
                        .flatMap(source -> source.hiddenFrom(userId, groups, numbers).stream())
                        .collect(Collectors.toSet());
    }
}
