package com.shunpi.workflow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.springframework.stereotype.Component;

/** Names and mail addresses of the people in the house. */
@Component
public class Directory {

    /** @param email null when none is kept */
    public record Person(String id, String name, String email) {}

    private final IdentityService identityService;
    private final FrozenAccounts frozen;
    private final EngineAccess engine;

    Directory(IdentityService identityService, FrozenAccounts frozen, EngineAccess engine) {
        this.identityService = identityService;
        this.frozen = frozen;
        this.engine = engine;
    }

    /** Everybody in the group who has not left (A4), by id. */
    public List<Person> membersOf(String group) {
        Set<String> left = frozen.all().keySet();
        return users(query -> query.memberOfGroup(group)).stream()
                .filter(user -> !left.contains(user.getId()))
                .map(Directory::person)
                .toList();
    }

    /** The name to show for a user id; the id itself when nobody has it (a leaver, an interface). */
    public String nameOf(String userId) {
        return users(query -> query.userId(userId)).stream()
                .findFirst()
                .map(user -> person(user).name())
                .orElse(userId);
    }

    /** The names of several users in one question; who is not in the house is left out. */
    public Map<String, String> namesOf(Collection<String> userIds) {
        if (userIds.isEmpty()) {
            return Map.of();
        }
        return users(query -> query.userIdIn(userIds.stream().distinct().toArray(String[]::new))).stream()
                .collect(Collectors.toMap(User::getId, user -> person(user).name()));
    }

    /** The Chinese name of a group, e.g. 销售经理. */
    public String groupNameOf(String group) {
        return IdentitySeed.nameOf(group);
    }

    /** The mail address of a user, or of whoever took over from him (A4); null when he has none or is gone. */
    public String mailOf(String userId) {
        String reader = frozen.successorOf(userId);
        return users(query -> query.userId(reader)).stream()
                .findFirst()
                .map(User::getEmail)
                .orElse(null);
    }

    /** Whoever is logged in: he may not read the addresses that our mails need. By id. */
    private List<User> users(UnaryOperator<UserQuery> which) {
        return engine.asSystem(() -> which.apply(identityService.createUserQuery())
                .orderByUserId()
                .asc()
                .list());
    }

    static Person person(User user) {
        // Chinese names stand whole in the first name: Tasklist shows given name first (platform fact)
        String name = user.getFirstName() == null || user.getFirstName().isBlank() ? user.getId() : user.getFirstName();
        return new Person(user.getId(), name, user.getEmail());
    }
}
