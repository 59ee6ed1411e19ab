package com.shunpi.pricebook;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Product;
import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.DocumentType;
import com.shunpi.verification.PreparedValue;
import com.shunpi.verification.VerificationService;
import com.shunpi.verification.VerifiedDocuments;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Price changes: prepared by one, verified by another, and only then in the master data (P4). */
@Service
@Transactional
class PriceChangeService implements VerifiedDocuments {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final PriceChanges changes;
    private final MasterData masterData;
    private final VerificationService verifications;
    private final DocumentNumbers numbers;
    private final CurrentActor login;
    private final Clock clock;

    PriceChangeService(
            PriceChanges changes,
            MasterData masterData,
            VerificationService verifications,
            DocumentNumbers numbers,
            CurrentActor login,
            Clock clock) {
        this.changes = changes;
        this.masterData = masterData;
        this.verifications = verifications;
        this.numbers = numbers;
        this.login = login;
        this.clock = clock;
    }

    /**
     * Keeps a change and opens its verification.
     *
     * @return its number and that of the verification, whose case is to be started
     * @throws RefusedException as a conflict, while another change of the same price waits (F5)
     */
    PriceChangeController.Prepared prepare(PriceChangeInput.Terms terms, String actor) {
        changes.findByOpenKey(terms.kind() + "/" + terms.code()).ifPresent(open -> {
            throw RefusedException.conflict(open.subject() + " 已有变更 " + open.changeNumber() + "（"
                    + open.status().label() + "），不能重复登记。");
        });
        PriceChange change = changes.saveAndFlush(change(terms, actor));
        return new PriceChangeController.Prepared(
                change.changeNumber(),
                verifications.open(
                        type(), change.changeNumber(), change.fingerprint(), actor, Set.of(actor), change.values()));
    }

    private PriceChange change(PriceChangeInput.Terms terms, String actor) {
        String subject;
        BigDecimal old;
        if (terms.kind() == PriceChange.Kind.LIST_PRICE) {
            Product product = masterData.products(List.of(terms.code())).get(terms.code());
            if (product == null) {
                throw RefusedException.invalid("productCode", "没有产品 " + terms.code() + "。");
            }
            subject = "产品 " + product.code() + " " + product.name() + " 目录价";
            old = product.listPrice();
        } else {
            Customer customer = masterData
                    .customer(terms.code())
                    .orElseThrow(() -> RefusedException.invalid("customerCode", "没有客户 " + terms.code() + "。"));
            subject = "客户 " + customer.code() + " " + customer.name() + " 结算折扣";
            old = customer.discount();
        }
        if (old.compareTo(terms.newValue()) == 0) {
            throw RefusedException.invalid("newValue", subject + "现在就是 " + old.toPlainString() + "。");
        }
        return new PriceChange(
                numbers.next("PC"),
                terms.kind(),
                terms.code(),
                subject,
                old,
                terms.newValue(),
                terms.effectiveOn(),
                actor,
                now());
    }

    @Override
    public DocumentType type() {
        return DocumentType.PRICE_CHANGE;
    }

    @Override
    public void verified(String documentNumber) {
        PriceChange change = change(documentNumber);
        change.confirm(proof(change), now());
        if (!change.effectiveOn().isAfter(today())) {
            apply(change);
        }
    }

    /** Brings one confirmed change whose day has come into the master data; one that is there already is left alone. */
    void applyDue(String changeNumber) {
        PriceChange change = changes.lock(changeNumber);
        if (change.status() == PriceChange.Status.CONFIRMED) {
            apply(change);
        }
    }

    /** The proof is asked for in the transaction that changes the price: no other way leads here (V1, V3). */
    private void apply(PriceChange change) {
        proof(change);
        change.takeEffect(today(), now());
        if (change.kind() == PriceChange.Kind.LIST_PRICE) {
            masterData.changeListPrice(change.code(), change.newValue());
        } else {
            masterData.changeDiscount(change.code(), change.newValue());
        }
    }

    private Agreement proof(PriceChange change) {
        return verifications
                .agreement(type(), change.changeNumber(), change.fingerprint())
                .orElseThrow(() -> RefusedException.conflict("价格变更 " + change.changeNumber() + " 尚未由另一人复核，不能生效。"));
    }

    @Override
    public List<PreparedValue> correct(String documentNumber, Map<String, String> values, String actor) {
        // whoever confirms prices does not write them as well (P4)
        login.mustBeIn(Groups.SALES_ASSISTANT);
        PriceChange change = change(documentNumber);
        boolean listPrice = change.kind() == PriceChange.Kind.LIST_PRICE;
        PriceChangeInput.Terms terms = new PriceChangeInput(
                        listPrice ? change.code() : null,
                        listPrice ? null : change.code(),
                        values.get("newValue"),
                        values.get("effectiveOn"))
                .read(today());
        change.correct(terms.newValue(), terms.effectiveOn(), actor);
        return change.values();
    }

    @Override
    public void withdrawn(String documentNumber) {
        change(documentNumber).withdraw();
    }

    @Transactional(readOnly = true)
    PriceChange change(String changeNumber) {
        return changes.findById(changeNumber)
                .orElseThrow(() -> RefusedException.notFound("没有价格变更 " + changeNumber + "。"));
    }

    @Transactional(readOnly = true)
    List<PriceChange> newest(int max) {
        return changes.findByOrderByChangeNumberDesc(Limit.of(max));
    }

    @Transactional(readOnly = true)
    List<String> due() {
        return changes.findByStatusAndEffectiveOnLessThanEqual(PriceChange.Status.CONFIRMED, today()).stream()
                .map(PriceChange::changeNumber)
                .sorted()
                .toList();
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
