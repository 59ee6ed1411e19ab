package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.List;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryProperty;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;

/**
 * What a person reads of his colleagues in the engine: who they are called, as cards and lists of assignees need it. Their mail
 * addresses are the administrator's business, and each reads his own (A5).
 */
final class ColleagueReads {

    private ColleagueReads() {}

    /** Refuses to look for an address, or to sort by it, which would tell it bit by bit. */
    static void mustNotSearchAddresses(Command<?> command, Authentication user) {
        if (command instanceof UserQueryImpl query
                && !maySeeAddresses(user)
                && (query.getEmail() != null || query.getEmailLike() != null || sortsByAddress(query))) {
            throw RefusedException.forbidden("您不能按邮箱查找同事。");
        }
    }

    private static boolean sortsByAddress(UserQueryImpl query) {
        return query.getOrderingProperties().stream()
                .map(QueryOrderingProperty::getQueryProperty)
                .anyMatch(UserQueryProperty.EMAIL::equals);
    }

    /** The same answer without the addresses of others. */
    @SuppressWarnings("unchecked")
    static <T> T withoutAddresses(T result, Authentication user) {
        if (result instanceof User one) {
            return (T) visible(one, user);
        }
        if (result instanceof List<?> list && list.stream().anyMatch(User.class::isInstance)) {
            return (T) list.stream()
                    .map(entry -> entry instanceof User one ? visible(one, user) : entry)
                    .toList();
        }
        return result;
    }

    private static User visible(User found, Authentication user) {
        if (found.getId().equals(user.getUserId()) || maySeeAddresses(user)) {
            return found;
        }
        // a copy: what is taken out of the engine's own object would be taken out of the database
        UserEntity named = new UserEntity(found.getId());
        named.setFirstName(found.getFirstName());
        named.setLastName(found.getLastName());
        return named;
    }

    private static boolean maySeeAddresses(Authentication user) {
        return TaskRights.groups(user).contains(Groups.ADMIN);
    }
}
