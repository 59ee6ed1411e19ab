package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a person may by himself, by his groups, or because everybody may. Knows no revokes, as the engine with our settings
 * does not either.
 */
final class Grants {

    private static final String OF_HIM = "select resource_type_, resource_id_, perms_ from act_ru_authorization"
            + " where type_ = 0 and user_id_ = '*' or type_ = 1 and user_id_ = :user";
    private static final String OF_HIS_GROUPS = " or type_ = 1 and group_id_ in (:groups)";

    private final List<Grant> grants;

    private record Grant(int resourceType, String resourceId, int permissions) {

        boolean gives(PermissionCheck check) {
            return resourceType == check.getResourceType()
                    && (permissions & check.getPerms()) == check.getPerms()
                    && (Authorization.ANY.equals(resourceId) || resourceId.equals(check.getResourceId()));
        }
    }

    private Grants(List<Grant> grants) {
        this.grants = grants;
    }

    static Grants of(String user, List<String> groups, JdbcClient jdbc) {
        JdbcClient.StatementSpec all =
                jdbc.sql(groups.isEmpty() ? OF_HIM : OF_HIM + OF_HIS_GROUPS).param("user", user);
        return new Grants((groups.isEmpty() ? all : all.param("groups", groups))
                .query((row, number) -> new Grant(row.getInt(1), row.getString(2), row.getInt(3)))
                .list());
    }

    /** Any of the rights, or all of them. */
    boolean allow(CompositePermissionCheck check) {
        return check.isDisjunctive()
                ? check.getAtomicChecks().stream().anyMatch(this::allow)
                : check.getAtomicChecks().stream().allMatch(this::allow);
    }

    private boolean allow(PermissionCheck check) {
        return grants.stream().anyMatch(grant -> grant.gives(check));
    }
}
