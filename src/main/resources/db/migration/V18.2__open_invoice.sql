-- What is still owed, said once: an invoice less what was paid, credited (T7) and written off (C10). CNY.
create view open_invoice as
    select invoice_number, customer_code, invoice_date, due_date, amount, disputed,
           amount - paid - credited - written_off unpaid
    from invoice
    where paid + credited + written_off < amount;
