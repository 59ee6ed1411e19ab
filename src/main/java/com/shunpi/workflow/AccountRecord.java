package com.shunpi.workflow;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.impl.cmd.CreateMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteGroupCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserCmd;
import org.camunda.bpm.engine.impl.cmd.SaveAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.cmd.UnlockUserCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.ResourceTypeUtil;
import org.springframework.beans.DirectFieldAccessor;

/**
 * What somebody does to accounts, groups and rights in the engine, for the book of decisions (A1). Who may set a password can
 * log in with it and be a second person to himself (V1): nothing can keep an administrator from it, but this tells.
 */
final class AccountRecord {

    private static final int NUMBER_LENGTH = 60;

    private AccountRecord() {}

    /** @param subject the account, group or right that is changed, as it stands in the book */
    record Entry(String subject, String step, String stepName, Map<String, ?> facts) {

        void write(DecisionRecorder decisions) {
            decisions.record(numberOf(subject), Leavers.PROCESS, step, stepName, step, null, facts);
        }
    }

    /** Under what an account's entries stand in the book. */
    static String numberOf(String subject) {
        String number = Leavers.PROCESS + "/" + subject;
        return number.substring(0, Math.min(NUMBER_LENGTH, number.length()));
    }

    /** Empty when the command changes nothing of the kind. To be asked before it is executed: a new password is gone then. */
    static Optional<Entry> of(Command<?> command) {
        if (command instanceof SaveUserCmd) {
            return Optional.of(saved((UserEntity) field(command, "user")));
        }
        if (command instanceof DeleteUserCmd) {
            return Optional.of(new Entry(text(command, "userId"), "delete-user", "删除账号", Map.of()));
        }
        if (command instanceof UnlockUserCmd) {
            return Optional.of(new Entry(text(command, "userId"), "unlock", "解除锁定", Map.of()));
        }
        if (command instanceof CreateMembershipCmd) {
            return Optional.of(membership(command, "join-group", "加入部门"));
        }
        if (command instanceof DeleteMembershipCmd) {
            return Optional.of(membership(command, "leave-group", "移出部门"));
        }
        if (command instanceof DeleteGroupCmd) {
            return Optional.of(new Entry("group/" + text(command, "groupId"), "delete-group", "删除部门", Map.of()));
        }
        if (command instanceof SaveAuthorizationCmd) {
            return Optional.of(granted((Authorization) field(command, "authorization")));
        }
        if (command instanceof DeleteAuthorizationCmd) {
            return Optional.of(
                    new Entry("right/" + text(command, "authorizationId"), "delete-right", "撤销权限", Map.of()));
        }
        return Optional.empty();
    }

    private static Entry saved(UserEntity user) {
        if (user.getRevision() == 0) {
            return new Entry(user.getId(), "create-user", "新建账号", Map.of());
        }
        return newPassword(user) != null
                ? new Entry(user.getId(), "set-password", "设置密码", Map.of())
                : new Entry(user.getId(), "change-profile", "修改资料", Map.of());
    }

    /** Null unless the command sets one. */
    static String newPassword(UserEntity user) {
        return (String) field(user, "newPassword");
    }

    private static Entry membership(Command<?> command, String step, String stepName) {
        return new Entry(text(command, "userId"), step, stepName, Map.of("group", text(command, "groupId")));
    }

    private static Entry granted(Authorization right) {
        return new Entry(
                "right/" + right.getId(),
                "grant",
                "授予权限",
                Map.of(
                        "for", String.valueOf(right.getUserId() == null ? right.getGroupId() : right.getUserId()),
                        "type", right.getAuthorizationType(),
                        "resource", right.getResourceType() + "/" + right.getResourceId(),
                        "permissions",
                                Arrays.toString(right.getPermissions(
                                        ResourceTypeUtil.getPermissionsByResourceType(right.getResourceType())))));
    }

    private static String text(Command<?> command, String name) {
        return String.valueOf(field(command, name));
    }

    private static Object field(Object of, String name) {
        return new DirectFieldAccessor(of).getPropertyValue(name);
    }
}
