package com.shunpi.workflow;

import java.util.Collection;
import java.util.Set;

/** Knows whose values are hidden from whom at the moment: a blind check is none when the answer can be read (V2). */
public interface HiddenDocuments {

    /**
     * @param groups the groups of the user
     * @param numbers numbers of documents or cases
     * @return those of the numbers whose values the user may not read now
     */
    Set<String> hiddenFrom(String userId, Collection<String> groups, Collection<String> numbers);
}
